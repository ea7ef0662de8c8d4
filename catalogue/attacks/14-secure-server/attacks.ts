/**
 * Attacks on the order of things. Every part of the server under attack is right by itself; what is
 * asked here is whether each request meets all of them, refusals and unknown routes included.
 */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import { StepFailed, type LabSession, type LabReply } from '../../../lab/protocol.ts';
import { wholeFlow } from '../oauth-client.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { complainAboutChallenge, describeReply, PARIS, succeeded } from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';

const authorization = mcp('basic/authorization', 'token-handling', 'Token Handling');
const securityWarning = mcp('basic/transports', 'security-warning', 'Security Warning');
const PAGE = 'https://app.example';
const STRANGER = 'https://evil.example';
const JSON_RPC_HEADERS = {
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-11-25',
};

/** To a router these may all be one path; to a comparison of texts they are not. */
const SPELLINGS = ['/mcp', '/MCP', '/mcp/', '/%6dcp', '/mcp?x=1'];

const NONE: Findings = { breaches: [], complaints: [] };

/** Requests that a right server refuses, each for another reason and in another part. */
const REFUSED = {
  'no token': (lab: LabSession) => lab.call('get_weather', PARIS),
  'a forged token': (lab: LabSession) => lab.call('get_weather', PARIS, { token: 'forged.by.me' }),
  'the page of a stranger': async (lab: LabSession) =>
    lab.call('get_weather', PARIS, { token: await lab.mint(), headers: { origin: STRANGER } }),
  'malformed JSON': async (lab: LabSession) =>
    lab.send(
      {
        path: '/mcp',
        headers: { ...JSON_RPC_HEADERS, authorization: `Bearer ${await lab.mint()}` },
        body: '{"jsonrpc":"2.0","method":',
      },
      'malformed JSON',
    ),
  'another method': async (lab: LabSession) =>
    lab.send(
      { path: '/mcp', headers: { authorization: `Bearer ${await lab.mint()}` } },
      'GET with a token',
    ),
  'an unknown route': (lab: LabSession) => lab.send({ path: `/${lab.nonce}` }, 'an unknown route'),
} satisfies Record<string, (lab: LabSession) => Promise<LabReply>>;
type Refused = keyof typeof REFUSED;
const refused = z.strictObject({ request: z.enum(Object.keys(REFUSED) as [Refused]) });

/** Calls that are refused inside the pipeline, as users of their own. */
const REFUSED_CALLS = {
  'a scope that is missing': async (lab: LabSession) =>
    lab.call(
      'save_alert',
      { city: 'Paris', text: 'x' },
      {
        token: await lab.mint({ claims: { scope: 'weather:read' } }),
      },
    ),
  'arguments that are invalid': async (lab: LabSession) =>
    lab.call('get_weather', { city: '<Paris>', units: 'metric' }, { token: await lab.mint() }),
  'arguments that are no object': async (lab: LabSession) =>
    lab.call('list_alerts', null, { token: await lab.mint() }),
  'a tool that does not exist': async (lab: LabSession) =>
    lab.call('get_wether', PARIS, { token: await lab.mint() }),
  'one ping too many': async (lab: LabSession) => {
    const token = await lab.mint();
    const ping = () => lab.call('ping_station', { host: 'paris-1.stations.example' }, { token });
    for (let count = 0; count < 14; count++) await ping();
    return ping();
  },
} satisfies Record<string, (lab: LabSession) => Promise<LabReply>>;
type RefusedCall = keyof typeof REFUSED_CALLS;

/** Neither Express's own error page nor the SDK's answers have both. */
const isBare = ({ headers }: LabReply): boolean =>
  headers['x-content-type-options'] === undefined ||
  (headers['x-frame-options'] === undefined &&
    !headers['content-security-policy']?.includes('frame-ancestors'));

/** Express with its own error page, or ours with too much in it. */
const INSIDE = /node_modules|\n\s+at .+:\d+:\d+|&nbsp; ?at .+:\d+:\d+/;

const attacks: Attack[] = [
  defineAttack<{
    method: 'GET' | 'DELETE' | 'PUT' | 'PATCH';
    origin?: string | undefined;
    paths: string[];
  }>({
    id: 'order-other-methods',
    title: 'Through a method nobody guards',
    level: 'core',
    story:
      'Controls are often mounted where the first request needed them: on POST. The attacker tries the other methods of the same path, without a token, or from a page of theirs.',
    secureAnswer:
      'Every method of /mcp meets the same guards: 403 for a stranger’s page, 401 with a challenge without a token. Only then may the server say that it does not serve the method.',
    lessonAnchor: 'every-method-every-path',
    references: [
      authorization,
      securityWarning,
      cwe(288, 'Authentication Bypass Using an Alternate Path or Channel'),
    ],
    payload: z.strictObject({
      method: z.enum(['GET', 'DELETE', 'PUT', 'PATCH']),
      origin: z.string().max(200).optional(),
      paths: z.array(z.string().startsWith('/').max(200)).min(1).max(10),
    }),
    variants: {
      'GET without a token': { method: 'GET', paths: SPELLINGS },
      'DELETE without a token': { method: 'DELETE', paths: SPELLINGS },
      'PUT without a token': { method: 'PUT', paths: SPELLINGS },
      'PATCH without a token': { method: 'PATCH', paths: SPELLINGS },
      'GET from the page of a stranger': { method: 'GET', origin: STRANGER, paths: SPELLINGS },
    },
    async fire({ method, origin, paths }, lab) {
      const asWhom: Record<string, string> = origin
        ? { origin, authorization: `Bearer ${await lab.mint()}` }
        : {};
      const complaints: string[] = [];
      for (const path of paths) {
        const reply = await lab.send(
          {
            method,
            path,
            headers: { ...JSON_RPC_HEADERS, ...asWhom },
            // So that no parser turns it away for having none.
            ...(method.startsWith('P') ? { body: { jsonrpc: '2.0', id: 1, method: 'ping' } } : {}),
          },
          `${method} ${path}`,
        );
        const reached = (await lab.tape()).some(
          ({ kind, requestId }) => kind === 'message' && requestId === reply.requestId,
        );
        if (reached) {
          const who = origin ? 'from the page of a stranger' : 'without a token';
          return {
            breaches: [
              `${method} ${path} ${who} got as far as the part that answers messages: nothing had asked who sends it.`,
            ],
            complaints: [],
          };
        }
        // Whether another spelling is the same path is the router's to say.
        if (reply.status === 404 && path !== '/mcp') continue;
        if (origin === undefined) {
          complaints.push(...(await complainAboutChallenge(lab, reply)));
        } else if (reply.status !== 403) {
          complaints.push(
            `A stranger’s page is refused with 403; it answered ${describeReply(reply)}`,
          );
        }
      }
      return { breaches: [], complaints };
    },
  }),

  defineAttack<{ body: 'malformed' | 'too large' }>({
    id: 'order-body-of-strangers',
    title: 'Work before the question who asks',
    level: 'core',
    story:
      'A page of the attacker’s makes its visitors send large bodies to the server. They are refused in the end, for coming from a stranger’s page. But if the body is read and parsed first, the work has been done by then.',
    secureAnswer:
      '403, whatever is in the body: Origin and Host are in the headers, so that nothing of the body needs to be read.',
    lessonAnchor: 'origin-before-bearer',
    references: [securityWarning, cwe(696, 'Incorrect Behavior Order')],
    payload: z.strictObject({ body: z.enum(['malformed', 'too large']) }),
    variants: { 'malformed JSON': { body: 'malformed' }, 'two megabytes': { body: 'too large' } },
    async fire({ body }, lab) {
      const text = body === 'malformed' ? '{"jsonrpc":' : `"${'x'.repeat(2 * 1024 * 1024)}"`;
      const reply = await lab.send(
        { path: '/mcp', headers: { ...JSON_RPC_HEADERS, origin: STRANGER }, body: text },
        `${body} body of a stranger’s page`,
      );
      if (reply.status === 403) return NONE;
      return reply.status === 401
        ? {
            breaches: [],
            complaints: [
              `A stranger’s page is refused with 403; it answered ${describeReply(reply)}`,
            ],
          }
        : {
            breaches: [
              `The answer to a stranger’s page is about its body: HTTP ${reply.status}. It had been read.`,
            ],
            complaints: [],
          };
    },
  }),

  defineAttack<{ request: Refused }>({
    id: 'order-bare-refusals',
    title: 'Refusals without headers',
    level: 'core',
    story:
      'The attacker looks for answers that left the server before its security headers were set: those of the guards in front, and of routes nobody thought of.',
    secureAnswer:
      'Every answer has the headers, whichever part gives it: what sets them stands before everything else.',
    lessonAnchor: 'outermost-first',
    references: [
      cwe(693, 'Protection Mechanism Failure'),
      link(
        'WHATWG Fetch, X-Content-Type-Options',
        'https://fetch.spec.whatwg.org/#x-content-type-options-header',
      ),
    ],
    payload: refused,
    variants: Object.fromEntries(
      (Object.keys(REFUSED) as Refused[])
        .filter((request) => request !== 'an unknown route')
        .map((request) => [request, { request }]),
    ),
    async fire({ request }, lab) {
      const reply = await REFUSED[request](lab);
      if (reply.failure) throw new StepFailed(`There was no answer: ${reply.failure}.`);
      return isBare(reply)
        ? {
            breaches: [`The answer to ${request}, HTTP ${reply.status}, has no security headers.`],
            complaints: [],
          }
        : NONE;
    },
  }),

  defineAttack<{ call: RefusedCall }>({
    id: 'order-silent-refusals',
    title: 'Refused without a trace',
    level: 'core',
    story:
      'The attacker probes: scopes they lack, arguments that do not fit, tools that may exist. If what refuses them stands outside the audit step, the log never hears of it.',
    secureAnswer: 'Every attempted call leaves a line, so audit encloses what may refuse it.',
    lessonAnchor: 'audit-around-everything',
    references: [
      cwe(778, 'Insufficient Logging'),
      link(
        'OWASP A09:2025',
        'https://owasp.org/Top10/2025/A09_2025-Security_Logging_and_Alerting_Failures/',
      ),
    ],
    payload: z.strictObject({ call: z.enum(Object.keys(REFUSED_CALLS) as [RefusedCall]) }),
    variants: Object.fromEntries(
      (Object.keys(REFUSED_CALLS) as RefusedCall[]).map((call) => [call, { call }]),
    ),
    async fire({ call }, lab) {
      const reply = await REFUSED_CALLS[call](lab);
      const ran = await lab.executions([reply]);
      if (ran.length > 0) {
        return { breaches: [`A call with ${call} ran.`], complaints: [] };
      }
      const logged = (await lab.tape()).some(
        ({ kind, requestId }) => kind === 'audit' && requestId === reply.requestId,
      );
      return logged
        ? NONE
        : { breaches: [`A call with ${call} was refused and left no line.`], complaints: [] };
    },
  }),

  defineAttack<{ request: 'malformed JSON' | 'an unknown route' | 'another method' }>({
    id: 'order-uncaught-errors',
    title: 'Past the error handler',
    level: 'core',
    story:
      'The attacker makes the server stumble before, or behind, the part that turns errors into answers. Express then shows an error page of its own: where the server lives on the disk, and what it is made of.',
    secureAnswer:
      'The error handler is mounted last, behind unknown routes too. Every error becomes the same small JSON body.',
    lessonAnchor: 'errors-last',
    references: [cwe(209, 'Generation of Error Message Containing Sensitive Information')],
    payload: z.strictObject({
      request: z.enum(['malformed JSON', 'an unknown route', 'another method']),
    }),
    variants: {
      'malformed JSON': { request: 'malformed JSON' },
      'an unknown route': { request: 'an unknown route' },
      'another method': { request: 'another method' },
    },
    async fire({ request }, lab) {
      const reply = await REFUSED[request](lab);
      if (INSIDE.test(reply.text)) {
        return {
          breaches: [`The answer to ${request} shows a stack with places in the server’s files.`],
          complaints: [],
        };
      }
      const complaints =
        reply.json === undefined || reply.status < 400 || reply.status > 499
          ? [`A client expects HTTP 4xx with JSON; it answered ${describeReply(reply)}`]
          : [];
      return { breaches: [], complaints };
    },
  }),
];

const uses: LegitimateUse[] = [
  {
    id: 'a-client-finds-its-way',
    title: 'A client finds its way in',
    why: 'Discovery, registration, consent, token and call, one after the other: no guard may stand where an honest client has to pass.',
    lessonAnchor: 'one-request-through-all-of-it',
    references: [
      mcp('basic/authorization', 'authorization-flow-steps', 'Authorization Flow Steps'),
    ],
    worksOnBaseline: true,
    try: wholeFlow,
  },
  {
    id: 'a-page-of-ours-may-call',
    title: 'A page of ours may call',
    why: 'A browser asks before it sends a token: with OPTIONS, and without one. Who wants a token for that locks out every page.',
    lessonAnchor: 'origin-before-bearer',
    references: [
      link('WHATWG Fetch, CORS-preflight', 'https://fetch.spec.whatwg.org/#cors-preflight-fetch'),
    ],
    worksOnBaseline: false,
    async try(lab) {
      const asks = {
        origin: PAGE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,mcp-protocol-version',
      };
      const preflight = await lab.send(
        { method: 'OPTIONS', path: '/mcp', headers: asks },
        'preflight',
      );
      const problems: string[] = [];
      if (preflight.status < 200 || preflight.status > 299) {
        problems.push(`The preflight was refused: ${describeReply(preflight)}`);
      }
      const reply = await lab.call('get_weather', PARIS, {
        token: await lab.mint(),
        headers: { origin: PAGE },
      });
      if (!succeeded(reply)) problems.push(`The call was refused: ${describeReply(reply)}`);
      for (const [what, { headers }] of Object.entries({ preflight, call: reply })) {
        // A star will do: no page sends cookies here, and strangers are refused before.
        if (![PAGE, '*'].includes(headers['access-control-allow-origin'] ?? '')) {
          problems.push(`The answer to the ${what} does not let ${PAGE} read it.`);
        }
      }
      return problems;
    },
  },
  {
    id: 'anyone-may-discover',
    title: 'Anyone may discover',
    why: 'The documents under /.well-known are for clients that have no token yet, and so are keys and health.',
    lessonAnchor: 'one-request-through-all-of-it',
    references: [rfc(9728, '3.1'), rfc(8414, '3')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const path of [
        '/.well-known/oauth-protected-resource/mcp',
        '/.well-known/oauth-authorization-server',
        '/jwks',
        '/healthz',
      ]) {
        const reply = await lab.send({ path }, path);
        if (reply.status !== 200) problems.push(`${path} answered ${describeReply(reply)}`);
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions(attacks, {
    'order-silent-refusals': 'a scope that is missing',
  }),
  uses,
};
