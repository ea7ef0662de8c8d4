/** Attacks on authorization: valid tokens that are used for more than they were granted for. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import { StepFailed, type LabSession, type LabReply } from '../../../lab/protocol.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { bearerParameters, describeReply, PARIS, succeeded } from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';

const scopeChallenge = mcp(
  'basic/authorization',
  'scope-challenge-handling',
  'Scope Challenge Handling',
);
const objectLevel = link(
  'OWASP API1:2023 Broken Object Level Authorization',
  'https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/',
);

/** What each tool needs, least privilege first, with arguments an honest caller would send. */
const TOOLS: Record<string, { scope: string; args: Record<string, unknown> }> = {
  get_weather: { scope: 'weather:read', args: PARIS },
  get_forecast: { scope: 'weather:read', args: { city: 'Paris', days: 2, units: 'metric' } },
  search_stations: { scope: 'weather:read', args: { query: 'Paris' } },
  read_report: { scope: 'weather:read', args: { name: '2026-03-paris.txt' } },
  ping_station: { scope: 'weather:read', args: { host: 'paris-1.stations.example' } },
  save_alert: { scope: 'weather:write', args: { city: 'Paris', text: 'storm' } },
  delete_alert: { scope: 'weather:write', args: { id: 1 } },
  share_alert: { scope: 'weather:write', args: { id: 1 } },
  start_export: { scope: 'weather:read', args: {} },
  get_export: { scope: 'weather:read', args: { handle: 'none' } },
  cancel_export: { scope: 'weather:read', args: { handle: 'none' } },
  add_sensor: { scope: 'weather:write', args: { name: 'roof', city: 'Paris' } },
  list_sensors: { scope: 'weather:read', args: {} },
  get_sensor: { scope: 'weather:read', args: { id: 1 } },
  retire_sensor: { scope: 'weather:write', args: { id: 1 } },
  import_feed: { scope: 'weather:write', args: { url: 'https://feeds.example/feed.json' } },
  list_all_alerts: { scope: 'weather:admin', args: {} },
};
/** What these are asked for has to be there first. */
const NEED_SOMETHING = [
  'delete_alert',
  'share_alert',
  'get_export',
  'cancel_export',
  // They are for people whose token names a tenant.
  'add_sensor',
  'list_sensors',
  'get_sensor',
  'retire_sensor',
  'import_feed',
];
const ORDER = ['weather:read', 'weather:write', 'weather:admin'];

const scopeShape = z.union([z.string(), z.array(z.string()), z.null()]);
type Scope = z.infer<typeof scopeShape>;

/** A call whose token lacks a scope must run nothing, and say which scope it takes. */
async function judgeRefusal(
  lab: LabSession,
  reply: LabReply,
  tool: string,
  granted: Scope,
): Promise<Findings> {
  const needed = TOOLS[tool]?.scope ?? 'weather:admin';
  const [execution] = await lab.executions([reply]);
  if (execution || succeeded(reply)) {
    return {
      breaches: [`The server ran ${tool} for a token with scope ${JSON.stringify(granted)}.`],
      complaints: [],
    };
  }
  return { breaches: [], complaints: complainAboutScopes(reply, needed) };
}

/** 403 with a challenge, or an error in the result that names the scope. */
function complainAboutScopes(reply: LabReply, needed: string): string[] {
  const sufficient = ORDER.slice(ORDER.indexOf(needed));
  const names = (text: string): boolean =>
    (text.match(/[\w:*-]+/g) ?? []).some((word) => sufficient.includes(word));
  const { result } = (reply.json ?? {}) as { result?: { isError?: boolean } };
  if (reply.status === 200 && result?.isError === true) {
    return names(reply.text)
      ? []
      : [
          `The refusal does not name ${needed}; HTTP 403 with insufficient_scope would tell a client what to ask its user for.`,
        ];
  }
  if (reply.status !== 403) {
    const why = reply.status === 401 ? ', which makes a client sign in again, in vain' : '';
    return [
      `A token that lacks a scope is answered with HTTP 403; it answered ${describeReply(reply)}${why}`,
    ];
  }
  const challenge = bearerParameters(reply.headers['www-authenticate']);
  if (challenge?.error !== 'insufficient_scope') {
    return [
      `The 403 does not say error="insufficient_scope", but ${challenge?.error ?? 'nothing'}.`,
    ];
  }
  return names(challenge.scope ?? '')
    ? []
    : [`The challenge names scope="${challenge.scope ?? ''}"; ${needed} is what it takes.`];
}

/** A token of an ordinary user with this `scope` claim. */
const tokenWith = (lab: LabSession, scope: Scope, sub?: string): Promise<string> =>
  lab.mint({ claims: { scope, ...(sub === undefined ? {} : { sub }) } });

const attacks: Attack[] = [
  defineAttack<{ scope: Scope; tool: string; earlier?: string | undefined }>({
    id: 'scope-missing',
    title: 'A reader who writes',
    level: 'core',
    story:
      'The user allowed an agent to read the weather. The agent, or whoever speaks through it, calls the tools that write and administer. The token is valid in every respect; it was just not granted for this.',
    secureAnswer:
      '403 with `error="insufficient_scope"` and the scope that is needed, so that a client can ask its user for it. Nothing runs.',
    lessonAnchor: 'tool-by-tool',
    references: [
      rfc(6750, '3.1'),
      scopeChallenge,
      cwe(862, 'Missing Authorization'),
      link(
        'OWASP API5:2023 Broken Function Level Authorization',
        'https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/',
      ),
    ],
    payload: z.strictObject({
      scope: scopeShape,
      tool: z.string(),
      /** Scope of another token of the same user, which calls the tool first. */
      earlier: z.string().optional(),
    }),
    variants: {
      'read, and saves': { scope: 'weather:read', tool: 'save_alert' },
      'read, and deletes': { scope: 'weather:read', tool: 'delete_alert' },
      'read, after a token that could more': {
        scope: 'weather:read',
        tool: 'list_all_alerts',
        earlier: 'weather:admin',
      },
      'read, and administers': { scope: 'weather:read', tool: 'list_all_alerts' },
      'write, and administers': {
        scope: 'weather:read weather:write',
        tool: 'list_all_alerts',
      },
      'no scope, and reads': { scope: null, tool: 'get_weather' },
      'empty scope, and searches': { scope: '', tool: 'search_stations' },
      'no scope, and forecasts': { scope: null, tool: 'get_forecast' },
      'no scope, and opens a report': { scope: null, tool: 'read_report' },
      'another service’s scope, and pings': { scope: 'mail:read', tool: 'ping_station' },
    },
    async fire({ scope, tool, earlier }, lab) {
      const user = `user-${lab.nonce}`;
      const args = TOOLS[tool]?.args ?? {};
      if (earlier !== undefined) {
        const token = await tokenWith(lab, earlier, user);
        await lab.call(tool, args, { token, label: 'the same user, with another token' });
      }
      const token = await tokenWith(lab, scope, user);
      const reply = await lab.call(tool, args, { token });
      return judgeRefusal(lab, reply, tool, scope);
    },
  }),

  defineAttack<{ scope: Scope; tool: string }>({
    id: 'scope-confusion',
    title: 'Words within words',
    level: 'core',
    story:
      'The attacker gets a token with a scope whose name contains, begins with or resembles the one they want. That is harmless as long as scopes are compared as whole words.',
    secureAnswer:
      '403 `insufficient_scope`. A scope is a set of case-sensitive words with spaces between them, and only a word of that set counts.',
    lessonAnchor: 'whole-words',
    references: [rfc(6749, '3.3'), cwe(863, 'Incorrect Authorization')],
    payload: z.strictObject({ scope: scopeShape, tool: z.string() }),
    variants: {
      'a longer word': {
        scope: 'weather:read weather:admin_readonly',
        tool: 'list_all_alerts',
      },
      'a word in front': { scope: 'weather:read xweather:admin', tool: 'list_all_alerts' },
      'other letters': { scope: 'weather:read WEATHER:ADMIN', tool: 'list_all_alerts' },
      'with commas': { scope: 'weather:read,weather:write,weather:admin', tool: 'save_alert' },
      'without the prefix': { scope: 'weather:read admin', tool: 'list_all_alerts' },
      'a wildcard': { scope: 'weather:read weather:*', tool: 'save_alert' },
      'in three parts': { scope: 'weather:read weather:write:none', tool: 'save_alert' },
      'a part of it': { scope: 'weather', tool: 'get_weather' },
      'a member of every object': { scope: 'constructor __proto__', tool: 'get_weather' },
      'an unknown word': { scope: 'weather:read weather:owner', tool: 'list_all_alerts' },
    },
    async fire({ scope, tool }, lab) {
      const token = await tokenWith(lab, scope);
      const reply = await lab.call(tool, TOOLS[tool]?.args ?? {}, { token });
      return judgeRefusal(lab, reply, tool, scope);
    },
  }),

  defineAttack<{ scopes: string[]; needed: string }>({
    id: 'scope-nobody-knows',
    title: 'A tool whose scope is misspelled',
    level: 'core',
    story:
      'Somebody adds a tool tomorrow, and misspells its scope. The attacker finds that a comparison of positions in a list of known scopes says −1, and that everything is at least that.',
    secureAnswer:
      'Refused: a tool that needs a scope nobody can have is nobody’s. The mistake is then noticed by its author, and not by an attacker.',
    lessonAnchor: 'the-hierarchy',
    references: [cwe(636, 'Not Failing Securely')],
    payload: z.strictObject({ scopes: z.array(z.string()), needed: z.string() }),
    variants: {
      'a reader': { scopes: ['weather:read'], needed: 'weather:admni' },
      'nobody’s scopes': { scopes: ['mail:read'], needed: 'weather:owner' },
    },
    async fire({ scopes, needed }, lab) {
      const actor = { issuer: lab.config.issuer, subject: 'alice', clientId: 'workbook', scopes };
      const object = { name: 'tool_of_tomorrow', scope: needed };
      return (await lab.decide('authorizeTool', { actor, object })) === 'allowed'
        ? {
            breaches: [
              `authorizeTool lets ${scopes.join(' ')} call a tool that needs ${needed}, which nobody can have.`,
            ],
            complaints: [],
          }
        : { breaches: [], complaints: [] };
    },
  }),

  defineAttack<{ asks: 'authorizeTool' | 'requireOwnAlert' }>({
    id: 'scope-nobody',
    title: 'A caller that nobody knows',
    level: 'core',
    story:
      'One day a route is mounted in front of the bearer check, or the check lets a request through by mistake. The next decision is then asked about nobody; and code that begins with “if there is an actor” has no more questions.',
    secureAnswer: 'Refused: nobody has no scopes and owns nothing.',
    lessonAnchor: 'tool-by-tool',
    references: [cwe(636, 'Not Failing Securely'), cwe(862, 'Missing Authorization')],
    payload: z.strictObject({ asks: z.enum(['authorizeTool', 'requireOwnAlert']) }),
    variants: {
      'calls a tool': { asks: 'authorizeTool' },
      'touches an alert': { asks: 'requireOwnAlert' },
    },
    async fire({ asks }, lab) {
      const owner = { issuer: lab.config.issuer, subject: 'alice' };
      const object =
        asks === 'authorizeTool'
          ? { name: 'get_weather', scope: 'weather:read' }
          : { id: 1, owner };
      return (await lab.decide(asks, { actor: undefined, object })) === 'allowed'
        ? { breaches: [`${asks} lets a caller through that nobody knows.`], complaints: [] }
        : { breaches: [], complaints: [] };
    },
  }),

  defineAttack<{ scope: string }>({
    id: 'tools-list-tells-all',
    title: 'The catalogue of what one may not do',
    level: 'core',
    story:
      'The list of tools goes into the model’s context, where every tool is an invitation. With a token that may only read, the attacker, or an instruction hidden in a report, learns of tools for administrators, and the agent begins to ask its user for more.',
    secureAnswer:
      'A list of the tools this token may call. It is courtesy and least privilege, and no protection: a tool that is not shown is refused all the same.',
    lessonAnchor: 'showing-and-refusing',
    references: [
      mcp('server/tools', 'security-considerations', 'Tools, Security Considerations'),
      cwe(200, 'Exposure of Sensitive Information'),
    ],
    payload: z.strictObject({ scope: z.string() }),
    variants: {
      'a reader': { scope: 'weather:read' },
      'a writer': { scope: 'weather:read weather:write' },
      'a reader with a strange scope': { scope: 'weather:read weather:admin_readonly' },
      'a reader in capital letters': { scope: 'weather:read WEATHER:ADMIN' },
      'nobody in particular': { scope: '' },
    },
    async fire({ scope }, lab) {
      const shown = await listTools(lab, await tokenWith(lab, scope));
      const tooMuch = shown.filter((name) => !mayCall(scope, name));
      return {
        breaches:
          tooMuch.length > 0 ? [`With scope ${scope} the list shows ${tooMuch.join(', ')}.`] : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{
    probe: 'delete' | 'compare';
    other: string;
    scope: string;
    issuer?: string | undefined;
  }>({
    id: 'handle-idor',
    title: 'Alert number one is not mine',
    level: 'core',
    story:
      'Ids of alerts are small numbers. The attacker, an ordinary user with an ordinary token that may write, deletes number one, which is somebody else’s; or compares the answers for numbers that exist and numbers that do not.',
    secureAnswer:
      'An error, the same for an alert of somebody else as for one that does not exist; and the alert is still there.',
    lessonAnchor: 'object-by-object',
    references: [objectLevel, cwe(639, 'Authorization Bypass Through User-Controlled Key')],
    payload: z.strictObject({
      probe: z.enum(['delete', 'compare']),
      /** Subject of the other user; `{{owner}}` is the owner's. */
      other: z.string(),
      scope: z.string(),
      /** Another issuer whose tokens the server accepts; the control is then asked directly. */
      issuer: z.string().optional(),
    }),
    variants: {
      'deletes it': { probe: 'delete', other: 'other-{{owner}}', scope: 'weather:write' },
      'compares answers': { probe: 'compare', other: 'somebody', scope: 'weather:write' },
      'as an administrator': { probe: 'delete', other: 'boss', scope: 'weather:admin' },
      'under a longer name': { probe: 'delete', other: '{{owner}}2', scope: 'weather:write' },
      'under a shorter name': { probe: 'delete', other: 'owner', scope: 'weather:write' },
      'of another issuer': {
        probe: 'delete',
        other: '{{owner}}',
        scope: 'weather:write',
        issuer: 'https://login.example',
      },
      'in capital letters': { probe: 'delete', other: '{{OWNER}}', scope: 'weather:write' },
    },
    async fire({ probe, other: otherName, scope, issuer }, lab) {
      const name = `owner-${lab.nonce}`;
      if (issuer !== undefined) return askAsNamesake(lab, name, scope, issuer);
      const owner = await tokenWith(lab, 'weather:write', name);
      const id = await saveAlert(lab, owner);
      const other = await tokenWith(
        lab,
        scope,
        otherName.replaceAll('{{owner}}', name).replaceAll('{{OWNER}}', name.toUpperCase()),
      );
      const missing = probe === 'compare' ? await deleteAlert(lab, other, id + 1000) : undefined;
      const theirs = await deleteAlert(lab, other, id);
      const isGone = (await lab.tape()).some(
        (entry) =>
          entry.kind === 'sql' &&
          entry.requestId === theirs.requestId &&
          entry.sql.startsWith('DELETE'),
      );
      if (isGone) return { breaches: ['A user deleted the alert of another one.'], complaints: [] };
      const complaints: string[] = [];
      if (succeeded(theirs)) complaints.push('The refused deletion was answered as a success.');
      const shape = (reply: LabReply, number: number): string =>
        `${reply.status} ${JSON.stringify(
          (reply.json as { result?: unknown } | undefined)?.result ?? reply.text,
        )
          .replaceAll(reply.requestId, 'ID')
          .replaceAll(String(number), 'N')}`;
      if (missing && shape(missing, id + 1000) !== shape(theirs, id)) {
        return {
          breaches: ['The answers tell which ids exist: the two differ.'],
          complaints,
        };
      }
      return { breaches: [], complaints };
    },
  }),
];

/** The lab's server trusts one issuer, so nobody can come from another one over HTTP. */
async function askAsNamesake(
  lab: LabSession,
  subject: string,
  scope: string,
  issuer: string,
): Promise<Findings> {
  const actor = { issuer, subject, clientId: 'workbook', scopes: scope.split(' ') };
  const object = { id: 1, owner: { issuer: lab.config.issuer, subject } };
  return (await lab.decide('requireOwnAlert', { actor, object })) === 'allowed'
    ? {
        breaches: [`${subject} of ${issuer} may touch the alert of ${subject} of another issuer.`],
        complaints: [],
      }
    : { breaches: [], complaints: [] };
}

const mayCall = (scope: string, tool: string): boolean => {
  const needed = ORDER.indexOf(TOOLS[tool]?.scope ?? 'weather:admin');
  return scope.split(' ').some((word) => ORDER.indexOf(word) >= needed);
};

async function listTools(lab: LabSession, token: string): Promise<string[]> {
  const reply = await lab.ask('tools/list', {}, { token });
  const { result } = (reply.json ?? {}) as { result?: { tools?: { name: string }[] } };
  if (!Array.isArray(result?.tools)) {
    throw new StepFailed(`There is no list of tools: ${describeReply(reply)}`);
  }
  return result.tools.map(({ name }) => name);
}

async function saveAlert(lab: LabSession, token: string): Promise<number> {
  const reply = await lab.call('save_alert', { city: 'Paris', text: lab.nonce }, { token });
  const { result } = (reply.json ?? {}) as { result?: { structuredContent?: { id?: unknown } } };
  const id = result?.structuredContent?.id;
  if (!succeeded(reply) || typeof id !== 'number') {
    throw new StepFailed(`A user could not save an alert: ${describeReply(reply)}`);
  }
  return id;
}

const deleteAlert = (lab: LabSession, token: string, id: number): Promise<LabReply> =>
  lab.call('delete_alert', { id }, { token });

const uses: LegitimateUse[] = [
  {
    id: 'scopes-include-lesser-ones',
    title: 'A greater scope includes the lesser ones',
    why: 'An administrator need not collect every scope there is: admin includes write, and write includes read.',
    lessonAnchor: 'the-hierarchy',
    references: [scopeChallenge],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const scope of [...ORDER, 'openid weather:write', 'weather:admin weather:read']) {
        for (const [tool, { args }] of Object.entries(TOOLS)) {
          if (NEED_SOMETHING.includes(tool) || !mayCall(scope, tool)) continue;
          const reply = await lab.call(tool, args, { token: await tokenWith(lab, scope) });
          if (!succeeded(reply)) {
            problems.push(`With ${scope}, ${tool} was refused: ${describeReply(reply)}`);
          }
        }
      }
      return problems;
    },
  },
  {
    id: 'lists-what-one-may-call',
    title: 'The list shows every tool one may call',
    why: 'A tool that is allowed and not shown is of no use to a model.',
    lessonAnchor: 'showing-and-refusing',
    references: [mcp('server/tools', 'listing-tools', 'Listing Tools')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const scope of ORDER) {
        const shown = await listTools(lab, await tokenWith(lab, scope));
        for (const tool of Object.keys(TOOLS)) {
          if (mayCall(scope, tool) && !shown.includes(tool)) {
            problems.push(`With ${scope} the list lacks ${tool}.`);
          }
        }
      }
      return problems;
    },
  },
  {
    id: 'owners-delete-their-alerts',
    title: 'Owners delete their own alerts',
    why: 'With a new token, too: an owner is a person, and not a token or a client.',
    lessonAnchor: 'object-by-object',
    references: [objectLevel],
    worksOnBaseline: true,
    async try(lab) {
      const name = `owner-${lab.nonce}`;
      const id = await saveAlert(lab, await tokenWith(lab, 'weather:write', name));
      const claims = { sub: name, scope: 'weather:admin', client_id: 'another-client' };
      const reply = await deleteAlert(lab, await lab.mint({ claims }), id);
      return succeeded(reply) ? [] : [`The owner could not delete it: ${describeReply(reply)}`];
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions(attacks, {
    'scope-missing': 'read, and saves',
    'tools-list-tells-all': 'a reader',
    'handle-idor': 'deletes it',
  }),
  uses,
};
