/** The audit log: calls without a line, and the lines that ordinary calls leave. */
import { z } from 'zod';
import {
  defineAttack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { LabSession, LabReply, TokenRecipe } from '../../../lab/protocol.ts';
import { contentAttacks } from './audit-contents.ts';
import { integrityAttacks } from './audit-integrity.ts';
import { typeAttacks } from './audit-member-types.ts';
import {
  actorOf,
  JSON_RPC_HEADERS,
  judgeLine,
  KNOWN_TOOLS,
  logging,
  merge,
  mintFor,
  NONE,
  says,
} from './audit-judges.ts';
import {
  awaitLines,
  endsOf,
  outcomeIn,
  outcomesOf,
  readLog,
  whatIsMissing,
  type AuditLine,
  type Outcome,
} from './audit-lines.ts';
import { cwe, mcp } from '../references.ts';
import { describeReply, PARIS, succeeded } from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';

const toolsSecurity = mcp(
  'server/tools',
  'security-considerations',
  'Tools, Security Considerations',
);

interface Call {
  tool: string;
  arguments?: unknown;
  /** Sent as `params` instead of both. */
  params?: unknown;
}
const call: z.ZodType<Call> = z.strictObject({
  tool: z.string().max(2000),
  arguments: z.unknown().optional(),
  params: z.unknown().optional(),
});

const CALLERS: Record<string, TokenRecipe | undefined> = {
  user: {},
  reader: { claims: { scope: 'weather:read' } },
  nobody: undefined,
  expired: { expiresIn: -3600 },
  forged: { signWith: 'attacker-key' },
};

interface Attempt {
  caller: string;
  calls: Call[];
  /** All in one POST, as a JSON-RPC batch. */
  batch?: boolean | undefined;
  /** What the weather service fails with meanwhile: an error, or an answer of this status. */
  outage?: string | { answers: number } | undefined;
}

const attemptShape: z.ZodType<Attempt> = z.strictObject({
  caller: z.enum(Object.keys(CALLERS)),
  calls: z.array(call).min(1).max(20),
  batch: z.boolean().optional(),
  outage: z
    .union([z.string().max(200), z.strictObject({ answers: z.int().min(500).max(599) })])
    .optional(),
});

async function makeAttempt({ caller, calls, batch, outage }: Attempt, lab: LabSession) {
  const recipe = CALLERS[caller];
  const token = recipe && (await mintFor(lab, recipe));
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const replies: LabReply[] = [];
  if (outage !== undefined) {
    const failure = typeof outage === 'string' ? outage : { ...outage, message: '{}' };
    await lab.breakDown('upstream', failure);
  }
  try {
    if (batch) {
      const body = calls.map(({ tool, arguments: args }, id) => ({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: { name: tool, arguments: args },
      }));
      const request = { path: '/mcp', headers: { ...JSON_RPC_HEADERS, ...authorization }, body };
      replies.push(await lab.send(request, 'batch'));
    } else {
      for (const { tool, arguments: args, ...raw } of calls) {
        if (!('params' in raw)) {
          replies.push(await lab.call(tool, args, token === undefined ? {} : { token }));
          continue;
        }
        const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: raw.params };
        const request = { path: '/mcp', headers: { ...JSON_RPC_HEADERS, ...authorization }, body };
        replies.push(await lab.send(request, 'a call of odd form'));
      }
    }
  } finally {
    if (outage !== undefined) await lab.breakDown('upstream', undefined);
  }
  return replies;
}

/** Every attempted call against the lines about it. */
async function judgeAttempt(attempt: Attempt, lab: LabSession): Promise<Findings> {
  const before = (await readLog(lab)).length;
  const replies = await makeAttempt(attempt, lab);
  const isBatch = attempt.batch === true;
  const perRequest = isBatch ? attempt.calls.length : 1;
  const lines = await awaitLines(lab, before, (soFar) =>
    replies.every(({ requestId }) => endsOf(requestId, soFar).length >= perRequest),
  );
  const verified = attempt.caller === 'user' || attempt.caller === 'reader';
  const actor = verified ? actorOf(lab) : undefined;

  if (isBatch) return judgeBatch(attempt, replies[0]!, lines);
  const findings = await Promise.all(
    replies.map(async (reply, index) => {
      const { requestId } = reply;
      const outcomes = await outcomesOf(lab, reply);
      const tool = attempt.calls[index]!.tool;
      const known = KNOWN_TOOLS.includes(tool) ? tool : '';
      const ends = endsOf(requestId, lines);
      return merge([
        judgeLine(ends, { requestId, tool: known, actor, outcomes }),
        actor ? NONE : judgeUnverified(lab, ends),
      ]);
    }),
  );
  return merge(findings);
}

/** Who sends a token that is not accepted is nobody, whatever the token says. */
function judgeUnverified(lab: LabSession, lines: AuditLine[]): Findings {
  const { subject } = actorOf(lab);
  const names = lines.some((line) => says(line, (text) => text.includes(subject)));
  return {
    breaches: names
      ? [`The line names ${subject}, who never called: the token that says so was not accepted.`]
      : [],
    complaints: [],
  };
}

function judgeBatch(
  { calls }: Attempt,
  { requestId, json }: LabReply,
  lines: AuditLine[],
): Findings {
  const ends = endsOf(requestId, lines);
  if (ends.length < calls.length) {
    return {
      breaches: [
        `${calls.length} calls came in one POST, and the log has ${ends.length} lines about them (request ${requestId}).`,
      ],
      complaints: [],
    };
  }
  // The batch is refused as a whole, before anybody looks at who sends it.
  const refused = !Array.isArray(json);
  const lying = ends.find((line) => refused && outcomeIn(line) !== 'refused');
  const facts = { requestId, tool: '', actor: undefined, outcomes: ['refused'] } as const;
  const missing = ends.flatMap((line) => whatIsMissing(line, facts));
  const unnamed = calls.filter(
    ({ tool }) =>
      KNOWN_TOOLS.includes(tool) && !ends.some((line) => says(line, (text) => text.includes(tool))),
  );
  return {
    breaches: lying
      ? ['The batch was refused as a whole; a line says that a call of it was not.']
      : [],
    complaints: [
      ...(ends.length > calls.length
        ? [`${calls.length} calls left ${ends.length} lines that say how they ended.`]
        : []),
      ...[...new Set(missing)].map((what) => `A line does not say ${what}.`),
      ...unnamed.map(({ tool }) => `No line about the batch names ${tool}.`),
    ],
  };
}

const ordinary = (caller: string, tool: string, args: unknown): Attempt => ({
  caller,
  calls: [{ tool, arguments: args }],
});
const LONDON_ALERT = { city: 'London', text: 'Take an umbrella' };
const PING = { tool: 'ping_station', arguments: { host: 'paris-1.stations.example' } };

const omitted = defineAttack<Attempt>({
  id: 'audit-denied-omitted',
  title: 'Calls that nobody will hear of',
  level: 'core',
  story:
    'The attacker tries doors: without a token, with an old one, tools beyond their scope, names that might exist, arguments that might break something, faster than allowed. A log of what succeeded shows none of that. The refused call is the one somebody will look for later.',
  secureAnswer:
    'One line for every attempted call, however it ended: time in UTC, request id, issuer and subject of the actor or that nobody was known, address, tool, and whether it succeeded, failed or was refused.',
  lessonAnchor: 'one-line-for-every-attempt',
  controls: ['createAuditLog'],
  references: [
    cwe(778, 'Insufficient Logging'),
    cwe(223, 'Omission of Security-relevant Information'),
    logging,
  ],
  payload: attemptShape,
  variants: {
    'no token': ordinary('nobody', 'get_weather', PARIS),
    'expired token': ordinary('expired', 'get_weather', PARIS),
    'forged token': ordinary('forged', 'get_weather', PARIS),
    'missing scope': ordinary('reader', 'save_alert', LONDON_ALERT),
    'a tool for administrators': ordinary('user', 'list_all_alerts', {}),
    'invalid input': ordinary('user', 'get_weather', { city: '', units: 'metric' }),
    'input that the tool itself refuses': ordinary('user', 'search_stations', {
      query: 'Paris',
      sort_by: 'password',
    }),
    'arguments of another type': ordinary('user', 'get_weather', ['Paris']),
    'no arguments': ordinary('user', 'get_weather', null),
    'arguments left out': { caller: 'user', calls: [{ tool: 'list_all_alerts' }] },
    'a name that is no text': { caller: 'user', calls: [{ tool: '', params: { name: 42 } }] },
    'no parameters': { caller: 'user', calls: [{ tool: '', params: null }] },
    'odd metadata': {
      caller: 'user',
      calls: [{ tool: 'get_weather', params: { name: 'get_weather', _meta: 'none' } }],
    },
    'unknown tool': ordinary('user', 'get_secrets', {}),
    'a tool every object has': ordinary('user', 'constructor', {}),
    'an alert of nobody': ordinary('user', 'delete_alert', { id: 987_654 }),
    'too many calls': { caller: 'user', calls: Array.from({ length: 12 }, () => PING) },
    'a tool that fails': {
      ...ordinary('user', 'get_weather', PARIS),
      outage: 'connect ECONNREFUSED 10.0.0.7:443',
    },
    'a weather service that answers 500': {
      ...ordinary('user', 'get_weather', PARIS),
      outage: { answers: 500 },
    },
    'a batch': {
      caller: 'user',
      batch: true,
      calls: [
        { tool: 'get_weather', arguments: PARIS },
        { tool: 'list_all_alerts', arguments: {} },
        { tool: 'get_forecast', arguments: { city: '' } },
      ],
    },
  },
  fire: judgeAttempt,
});

const theLines = {
  lessonAnchor: 'one-line-for-every-attempt',
  references: [toolsSecurity, logging],
};

/** Makes an attempt and expects of its lines what an attack would expect, and these outcomes. */
const logsAs =
  (attempts: [Attempt, Outcome][]): LegitimateUse['try'] =>
  async (lab) => {
    const problems: string[] = [];
    for (const [attempt, wanted] of attempts) {
      const before = (await readLog(lab)).length;
      const { breaches, complaints } = await judgeAttempt(attempt, lab);
      problems.push(...breaches, ...complaints);
      const told = (await readLog(lab, before)).map(outcomeIn);
      if (problems.length === 0 && !told.includes(wanted)) {
        problems.push(
          `A call of ${attempt.calls[0]?.tool} should have ${wanted}; the log says ${told.join(', ')}.`,
        );
      }
    }
    return problems;
  };

const uses: LegitimateUse[] = [
  {
    ...theLines,
    id: 'log-names-callers',
    title: 'Names who called',
    why: 'Calls that succeed leave a line as well, and calls of two users name each of them.',
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      for (const name of ['ada', 'grace']) {
        const subject = `${name}-${lab.nonce}`;
        const token = await lab.mint({ claims: { sub: subject } });
        const before = (await readLog(lab)).length;
        const reply = await lab.call('get_weather', PARIS, { token });
        if (!succeeded(reply)) problems.push(`The call failed: ${describeReply(reply)}`);
        const { requestId } = reply;
        const lines = await awaitLines(lab, before, (soFar) => endsOf(requestId, soFar).length > 0);
        const actor = { issuer: lab.config.issuer, subject };
        const found = judgeLine(endsOf(requestId, lines), {
          requestId,
          tool: 'get_weather',
          actor,
          outcomes: ['succeeded'],
        });
        problems.push(...found.breaches, ...found.complaints);
      }
      return problems;
    },
  },
  {
    ...theLines,
    id: 'log-tells-outcomes',
    title: 'Tells success, failure and refusal apart',
    why: 'A tool that broke, a caller who was refused and a call that worked are three different stories.',
    worksOnBaseline: false,
    try: logsAs([
      [ordinary('user', 'get_forecast', { city: 'Oslo', days: 2, units: 'metric' }), 'succeeded'],
      [{ ...ordinary('user', 'get_weather', PARIS), outage: 'timeout' }, 'failed'],
      [ordinary('user', 'get_weather', { city: 42 }), 'refused'],
    ]),
  },
  {
    id: 'log-verifies',
    title: 'A log of fifty calls verifies',
    why: 'A log that nobody touched must be in order, also when calls overlap and some are refused.',
    lessonAnchor: 'a-chain-that-notices',
    references: [logging],
    worksOnBaseline: true,
    async try(lab) {
      const tokens = await Promise.all(Array.from({ length: 5 }, () => lab.mint()));
      for (let round = 0; round < 5; round++) {
        await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            lab.call('get_weather', index === 7 ? { city: '\u2028' } : PARIS, {
              token: tokens[index % 5]!,
            }),
          ),
        );
      }
      const lines = await awaitLines(lab, 0, (soFar) => soFar.length >= 50);
      if (lines.length < 40) return [`Fifty calls left ${lines.length} lines.`];
      const answer = await lab.verifyAuditLog(lines.map(({ text }) => text));
      if ('refused' in answer) return [`Verifying threw: ${answer.refused}`];
      return answer.value === undefined
        ? []
        : [`Line ${answer.value} is said to be bad, and nobody has touched the log.`];
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions([omitted, ...contentAttacks, ...typeAttacks, ...integrityAttacks], {
    'audit-denied-omitted': 'missing scope',
    'audit-secret': 'token in the header',
    'audit-forge': 'line end in a city',
  }),
  uses,
};
