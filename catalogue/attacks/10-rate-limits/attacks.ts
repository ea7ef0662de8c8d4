/** Attacks on the limiter. What counts is how often a tool ran, read from the tape. */
import { decodeJwt } from 'jose';
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { Revision } from '../../../exercises/weather-server/controls.ts';
import { messageOf } from '../../../lab/message-of.ts';
import {
  StepFailed,
  type LabRequest,
  type LabReply,
  type LabSession,
} from '../../../lab/protocol.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import {
  describeReply,
  PARIS,
  readRateLimited,
  readRateLimitedResult,
  succeeded,
} from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';
import {
  beginning,
  findMeetingKeys,
  findShortWindow,
  numbersFrom,
  planAnything,
  planOneTool,
  planTwoLimits,
  whyWaitIsUntrue,
  type PlannedCalls,
} from './schedules.ts';

const tools = mcp('server/tools', 'security-considerations', 'Tools, Security Considerations');
const unbounded = cwe(770, 'Allocation of Resources Without Limits or Throttling');

/** What one call of a series is made of. */
interface SeriesCall {
  tool?: string;
  arguments?: unknown;
  token: string;
  headers?: Record<string, string>;
}

/**
 * Calls one after the other; each is sent whatever answer the one before it got. After a call that
 * got none at all the rest would only be so many times the wait.
 */
async function inSequence(
  lab: LabSession,
  calls: number,
  make: (index: number) => SeriesCall | Promise<SeriesCall>,
): Promise<LabReply[]> {
  const replies: LabReply[] = [];
  for (let index = 0; index < calls; index++) {
    const { tool = 'get_weather', arguments: args = PARIS, token, headers } = await make(index);
    const reply = await lab.call(tool, args, {
      token,
      label: `call ${index + 1}`,
      ...(headers ? { headers } : {}),
    });
    replies.push(reply);
    if (reply.failure !== undefined) break;
  }
  return replies;
}

/**
 * More executions than the limit allows are the breach. A bucket that refills while the calls come
 * in is as good as a window, so the seconds that the calls took add their share.
 */
async function judgeExecutions(
  lab: LabSession,
  replies: LabReply[],
  how: string,
  limit = lab.config.limits.perUserPerMinute,
): Promise<Findings> {
  const executions = await lab.executions(replies);
  const minutes = ((executions.at(-1)?.at ?? 0) - (executions[0]?.at ?? 0)) / 60_000;
  if (executions.length > limit + Math.floor(minutes * limit)) {
    const breach = `${executions.length} calls of one user ran within a minute ${how}; the limit is ${limit}.`;
    return { breaches: [breach], complaints: [] };
  }
  // The calls that were never decided might have run.
  const silent = replies.find(({ failure }) => failure !== undefined);
  if (silent) throw new StepFailed(`A call of a series got no answer: ${silent.failure}.`);
  return { breaches: [], complaints: [] };
}

/** When a token was issued, by the server's clock. */
const secondOf = (token: string): number => decodeJwt(token).iat ?? 0;

/** Windows may follow the minutes of the clock; none should end while a series of calls runs. */
async function leaveEndOfMinute(lab: LabSession): Promise<void> {
  const second = secondOf(await lab.mint()) % 60;
  if (second > 45) await lab.advance((61 - second) * 1000);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A call with parameters of any form, in the form of a revision as far as they allow. */
function oddCall(
  revision: Revision,
  params: unknown,
  id: number,
): Pick<LabRequest, 'headers' | 'body'> {
  const isObject = typeof params === 'object' && params !== null && !Array.isArray(params);
  const form = messageOf(revision, 'tools/call', isObject ? { ...params } : {}, id);
  return isObject ? form : { ...form, body: { ...form.body, params } };
}

const PING = { tool: 'ping_station', arguments: { host: 'paris-1.stations.example' } };

const manyCalls = z.int().min(1).max(400);

const attacks: Attack[] = [
  defineAttack<{ subject?: string | undefined; early: number; calls: number }>({
    id: 'rl-burst',
    title: 'One call too many',
    level: 'core',
    story:
      'An agent in a loop calls the same tool as fast as it can. Nothing about it is disguised.',
    secureAnswer:
      'Sixty calls run. From the next one on the result says RATE_LIMITED, retryable, and after how many seconds; a call after that time works again.',
    lessonAnchor: 'the-window',
    controls: ['createRateLimiter'],
    references: [tools, unbounded, rfc(6585, '4')],
    payload: z.strictObject({
      subject: z.string().max(100).optional(),
      early: z.int().min(0).max(60),
      calls: manyCalls,
    }),
    variants: {
      '75 calls': { early: 0, calls: 75 },
      '75 calls, 20 seconds after the first 20': { early: 20, calls: 75 },
      'a user called __proto__': { subject: '__proto__', early: 0, calls: 75 },
    },
    async fire({ subject, early, calls }, lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint(subject === undefined ? {} : { claims: { sub: subject } });
      const replies = await inSequence(lab, early, () => ({ token }));
      if (early > 0) await lab.advance(20_000);
      replies.push(...(await inSequence(lab, calls, () => ({ token }))));
      const findings = await judgeExecutions(lab, replies, 'one after the other');
      // Not by the answer, which might look like success; and the last, because whoever counts refused
      // calls too may say a later time with each of them.
      const ran = new Set((await lab.executions(replies)).map(({ requestId }) => requestId));
      const refused = replies.findLast(({ requestId }) => !ran.has(requestId));
      if (findings.breaches.length > 0 || !refused) return findings;
      return { breaches: [], complaints: await complainAboutWaiting(lab, token, refused) };
    },
  }),

  defineAttack<{ calls: number; headers: string[]; arguments: string[] }>({
    id: 'rl-key-spoof',
    title: 'A new face for every call',
    level: 'core',
    story:
      'The attacker, signed in as one user, writes a new address, user agent and session into the headers of every call, or a new user into its arguments. Whoever counts by any of these counts many users.',
    secureAnswer: 'Sixty calls run in all: they are counted under the verified user.',
    lessonAnchor: 'what-to-count-under',
    controls: ['createRateLimiter'],
    references: [cwe(348, 'Use of Less Trusted Source'), rfc(7239, '8.1')],
    payload: z.strictObject({
      calls: manyCalls,
      headers: z.array(z.string().min(1).max(60)),
      arguments: z.array(z.string().min(1).max(60)),
    }),
    variants: {
      'X-Forwarded-For': { calls: 66, headers: ['x-forwarded-for'], arguments: [] },
      'every header': {
        calls: 66,
        headers: [
          'x-forwarded-for',
          'forwarded',
          'x-real-ip',
          'x-client-id',
          'x-user-id',
          'user-agent',
          'mcp-session-id',
          'x-request-id',
        ],
        arguments: [],
      },
      arguments: {
        calls: 66,
        headers: [],
        arguments: ['user', 'user_id', 'userId', 'sub', 'client_id', 'session_id'],
      },
    },
    async fire({ calls, headers, arguments: members }, lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      const replies = await inSequence(lab, calls, (index) => ({
        token,
        arguments: { ...PARIS, ...disguised(members, index) },
        headers: disguised(headers, index),
      }));
      return judgeExecutions(lab, replies, 'under changing names');
    },
  }),

  defineAttack<{ calls: number; change: 'new token' | 'spelling' | 'client' }>({
    id: 'rl-token-respelling',
    title: 'One user, many tokens',
    level: 'core',
    story:
      'The attacker asks for a new token whenever the old one is used up, or changes the last letter of the one they have: some of its bits mean nothing, so one token can be written in sixteen ways.',
    secureAnswer:
      'Sixty calls run in all. The key is issuer and subject from the verified token, not its text, and not the client.',
    lessonAnchor: 'what-to-count-under',
    controls: ['createRateLimiter'],
    references: [
      cwe(799, 'Improper Control of Interaction Frequency'),
      rfc(7519, '4.1.2'),
      rfc(4648, '3.5'),
    ],
    payload: z.strictObject({
      calls: manyCalls,
      change: z.enum(['new token', 'spelling', 'client']),
    }),
    variants: {
      'new tokens': { calls: 66, change: 'new token' },
      'sixteen spellings': { calls: 66, change: 'spelling' },
      'many clients': { calls: 66, change: 'client' },
    },
    async fire({ calls, change }, lab) {
      await leaveEndOfMinute(lab);
      const sub = `user-${lab.nonce}`;
      const first = await lab.mint({ claims: { sub } });
      const spellings = spellingsOf(first);
      const replies = await inSequence(lab, calls, async (index) => {
        if (change === 'spelling') return { token: spellings[index % spellings.length] ?? first };
        const scope = index % 2 === 0 ? 'weather:read weather:write' : 'weather:read';
        const claims = change === 'client' ? { client_id: `client-${index}` } : { scope };
        return { token: await lab.mint({ claims: { sub, ...claims } }) };
      });
      return judgeExecutions(lab, replies, `with a changing ${change}`);
    },
  }),

  defineAttack<{ calls: number; tools: { tool: string; arguments: unknown }[] }>({
    id: 'rl-tool-alias',
    title: 'One user, many tools',
    level: 'core',
    story:
      'If every tool has a budget of its own and nothing counts them together, a user has as many budgets as there are tools.',
    secureAnswer: 'Sixty calls run in all tools together.',
    lessonAnchor: 'what-to-count-under',
    controls: ['createRateLimiter'],
    references: [tools, unbounded],
    payload: z.strictObject({
      calls: manyCalls,
      tools: z
        .array(z.strictObject({ tool: z.string(), arguments: z.unknown() }))
        .min(1)
        .max(20),
    }),
    variants: {
      'four tools': {
        calls: 68,
        tools: [
          { tool: 'get_weather', arguments: PARIS },
          { tool: 'get_forecast', arguments: { ...PARIS, days: 1 } },
          { tool: 'search_stations', arguments: { query: 'Paris', sort_by: 'name', limit: 3 } },
          { tool: 'read_report', arguments: { name: '2026-03-paris.txt' } },
        ],
      },
      'lookups, and some pings between them': {
        calls: 84,
        tools: [
          ...Array.from({ length: 6 }, () => ({ tool: 'get_weather', arguments: PARIS })),
          PING,
        ],
      },
    },
    async fire({ calls, tools }, lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      const replies = await inSequence(lab, calls, (index) => ({
        token,
        ...tools[index % tools.length],
      }));
      return judgeExecutions(lab, replies, 'over several tools');
    },
  }),

  defineAttack<{ calls: number }>({
    id: 'rl-expensive-tool',
    title: 'Only the expensive tool',
    level: 'core',
    story:
      'Sixty calls a minute are fine for a lookup and far too many for a tool that does real work. The attacker uses nothing but that tool.',
    secureAnswer:
      'ping_station runs ten times a minute at most for one user, by a limit of its own or because it costs more.',
    lessonAnchor: 'expensive-tools',
    controls: ['createRateLimiter'],
    references: [
      unbounded,
      link(
        'OWASP API4:2023',
        'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
      ),
    ],
    payload: z.strictObject({ calls: manyCalls }),
    variants: { '15 pings': { calls: 15 } },
    async fire({ calls }, lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      const replies = await inSequence(lab, calls, () => ({ token, ...PING }));
      const limit = lab.config.limits.perToolPerMinute.ping_station;
      return judgeExecutions(lab, replies, 'of ping_station alone', limit);
    },
  }),

  defineAttack<{ calls: number; forms: unknown[] }>({
    id: 'rl-malformed',
    title: 'Calls that cannot run',
    level: 'core',
    story:
      'The attacker sends calls that no tool will ever see: `arguments` that are null or a list, no name, no `params`. If only calls that make sense are counted, these are free: each is read, judged, logged and answered, as often as the attacker likes.',
    secureAnswer:
      'They count like any other call. From the sixty-first of a minute on, each is refused with RATE_LIMITED, whatever is wrong with it.',
    lessonAnchor: 'what-to-count-under',
    controls: ['createRateLimiter'],
    references: [tools, unbounded],
    payload: z.strictObject({ calls: manyCalls, forms: z.array(z.unknown()).min(1).max(20) }),
    variants: {
      'arguments of null': { calls: 90, forms: [{ name: 'get_weather', arguments: null }] },
      'arguments of all kinds': {
        calls: 90,
        forms: [['Paris'], 'Paris', 42, false].map((odd) => ({
          name: 'get_weather',
          arguments: odd,
        })),
      },
      'odd metadata': {
        calls: 90,
        forms: [{ name: 'get_weather', arguments: PARIS, _meta: 'none' }],
      },
      'no name': {
        calls: 90,
        forms: [{ name: 42, arguments: PARIS }, { arguments: PARIS }, null, []],
      },
    },
    async fire({ calls, forms }, lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      const replies: LabReply[] = [];
      for (let index = 0; index < calls; index++) {
        const sent = oddCall(lab.revision, forms[index % forms.length], index);
        const request = { path: '/mcp', ...sent, headers: { ...sent.headers, ...bearer(token) } };
        const reply = await lab.send(request, `malformed call ${index + 1}`);
        if (reply.failure !== undefined) {
          throw new StepFailed(`A malformed call got no answer: ${reply.failure}.`);
        }
        replies.push(reply);
      }
      const refused = new Set(
        (await lab.tape()).flatMap((entry) =>
          entry.kind === 'limit' && entry.decision === 'refused' ? [entry.requestId] : [],
        ),
      );
      const taken = replies.filter((one) => !refused.has(one.requestId) && !readRateLimited(one));
      // A bucket refills while the calls come in; and one call too many is rl-burst's to find.
      const seconds = secondOf(await lab.mint()) - secondOf(token);
      const { perUserPerMinute } = lab.config.limits;
      const most = perUserPerMinute * (1.1 + seconds / 60);
      const breach = `${taken.length} malformed calls of one user were dealt with in ${seconds} seconds; the limit is ${perUserPerMinute} a minute.`;
      return { breaches: taken.length > most ? [breach] : [], complaints: [] };
    },
  }),

  defineAttack<{ calls: number; withinOneTick: boolean }>({
    id: 'rl-race',
    title: 'All at once',
    level: 'core',
    story:
      'The attacker sends two hundred calls at the same moment. A limiter that reads the count, waits for something and writes it back lets all of them see the same number.',
    secureAnswer: 'Sixty calls run: deciding and counting are one step.',
    lessonAnchor: 'one-step',
    controls: ['createRateLimiter'],
    references: [cwe(362, 'Race Condition'), cwe(367, 'Time-of-check Time-of-use')],
    payload: z.strictObject({ calls: manyCalls, withinOneTick: z.boolean() }),
    variants: {
      '200 in parallel': { calls: 200, withinOneTick: false },
      '200 within one tick': { calls: 200, withinOneTick: true },
    },
    async fire({ calls, withinOneTick }, lab) {
      if (withinOneTick) return raceWithinOneTick(lab, calls);
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      const replies = await Promise.all(
        Array.from({ length: calls }, (_, index) =>
          lab.call('get_weather', PARIS, { token, label: `parallel call ${index + 1}` }),
        ),
      );
      return judgeExecutions(lab, replies, 'in parallel');
    },
  }),

  defineAttack<{ tool: 'get_weather' | 'ping_station' }>({
    id: 'rl-short-window',
    title: 'A minute of less than sixty seconds',
    level: 'core',
    story:
      'The attacker asks again and again, and takes whatever is let through. Every window that ends a little early, every bucket that fills a little fast, adds up.',
    secureAnswer:
      'From the moment when the first call is let through again, a minute has sixty calls, or ten of ping_station, however one asks.',
    lessonAnchor: 'the-window',
    controls: ['createRateLimiter'],
    references: [unbounded, cwe(799, 'Improper Control of Interaction Frequency')],
    payload: z.strictObject({ tool: z.enum(['get_weather', 'ping_station']) }),
    variants: { lookups: { tool: 'get_weather' }, pings: { tool: 'ping_station' } },
    fire({ tool }, lab) {
      const { perToolPerMinute, perUserPerMinute } = lab.config.limits;
      return findShortWindow(lab, tool, perToolPerMinute[tool] ?? perUserPerMinute);
    },
  }),

  defineAttack<{ requests: number; callsInEach: number }>({
    id: 'rl-batch',
    title: 'A hundred calls in one request',
    level: 'core',
    story:
      'JSON-RPC knows batches: an array of messages in one request. Whoever counts requests counts one. MCP has dropped batches, and the SDK still runs them.',
    secureAnswer: 'An array is refused with 400 and −32600, or every call in it is counted.',
    lessonAnchor: 'batches',
    references: [
      link(
        'MCP 2025-06-18, Key Changes',
        'https://modelcontextprotocol.io/specification/2025-06-18/changelog',
      ),
      unbounded,
    ],
    payload: z.strictObject({
      requests: z.int().min(1).max(10),
      callsInEach: z.int().min(1).max(100),
    }),
    variants: { 'three times fifty': { requests: 3, callsInEach: 50 } },
    async fire({ requests, callsInEach }, lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      const params = { name: 'get_weather', arguments: PARIS };
      const messages = Array.from({ length: callsInEach }, (_, index) =>
        messageOf(lab.revision, 'tools/call', params, index + 1),
      );
      const headers = { ...messages[0]?.headers, ...bearer(token) };
      const body = messages.map((message) => message.body);
      const replies: LabReply[] = [];
      for (let index = 0; index < requests; index++) {
        replies.push(await lab.send({ path: '/mcp', headers, body }, `batch ${index + 1}`));
      }
      const findings = await judgeExecutions(lab, replies, `in ${requests} batches`);
      const broken = replies.find((reply) => reply.status === 0 || reply.status >= 500);
      if (findings.breaches.length === 0 && broken) {
        findings.complaints.push(
          `A batch brought the server to an error: ${describeReply(broken)}`,
        );
      }
      return findings;
    },
  }),

  defineAttack<{ users: number }>({
    id: 'rl-key-flood',
    title: 'Fifty thousand users, once each',
    level: 'core',
    story:
      'Every key the limiter has ever seen costs memory. The attacker makes new ones for as long as it takes. A limiter that keeps users in a plain object also meets a user called __proto__.',
    secureAnswer: 'Users whose minute is over are forgotten, and a name is never more than a name.',
    lessonAnchor: 'forgetting',
    controls: ['createRateLimiter'],
    references: [
      cwe(401, 'Missing Release of Memory after Effective Lifetime'),
      cwe(1321, 'Prototype Pollution'),
    ],
    payload: z.strictObject({ users: z.int().min(20_000).max(100_000) }),
    variants: { '50,000 users': { users: 50_000 } },
    async fire({ users }, lab) {
      const { retainedBytesPerUser, polluted } = await lab.floodLimiter(users);
      const breaches: string[] = [];
      if (retainedBytesPerUser > 60) {
        breaches.push(
          `Eleven minutes after ${users} users called once, the limiter still holds ${retainedBytesPerUser} bytes for each of them.`,
        );
      }
      if (polluted)
        breaches.push('A user called __proto__ changed Object.prototype for the whole process.');
      return { breaches, complaints: [] };
    },
  }),

  defineAttack<{ calls: number; as: 'somebody' | 'look-alikes' | 'namesakes' }>({
    id: 'rl-victim-drain',
    title: 'Spending somebody else’s budget',
    level: 'core',
    story:
      'The attacker does not want more calls, but that Alice gets none. Signed in as themselves, they name her wherever a server might look: in a header, in an argument, in a token nobody signed. Or they register under names that differ from hers in case, in a blank, or far at the end, or that look like the key under which her calls of one tool are counted.',
    secureAnswer:
      'Alice’s next call runs. Calls are counted under whoever was verified, after the verification.',
    lessonAnchor: 'what-to-count-under',
    controls: ['createRateLimiter'],
    references: [
      cwe(645, 'Overly Restrictive Account Lockout Mechanism'),
      cwe(348, 'Use of Less Trusted Source'),
    ],
    payload: z.strictObject({
      calls: manyCalls,
      as: z.enum(['somebody', 'look-alikes', 'namesakes']),
    }),
    variants: {
      '195 calls in her name': { calls: 195, as: 'somebody' },
      '190 calls of look-alikes': { calls: 190, as: 'look-alikes' },
      'users whose names are made like keys': { calls: 1, as: 'namesakes' },
    },
    async fire({ calls, as }, lab) {
      if (as === 'namesakes') return findMeetingKeys(lab);
      const alice = `alice-${lab.nonce}-${'a'.repeat(40)}`;
      const signedAs = (sub: string) => lab.mint({ claims: { sub } });
      if (as === 'look-alikes') {
        const tokens = await Promise.all(
          [alice.toUpperCase(), `${alice} `, `${alice}b`].map(signedAs),
        );
        await inSequence(lab, calls, (index) => ({ token: tokens[index % tokens.length] ?? '' }));
      } else {
        const own = await lab.mint();
        const forged = await lab.mint({
          header: { alg: 'none' },
          claims: { sub: alice },
          signWith: 'nothing',
        });
        await inSequence(lab, calls, (index) => ({
          token: index % 3 === 2 ? forged : own,
          arguments: { ...PARIS, user: alice, user_id: alice, sub: alice },
          headers: { 'x-user-id': alice, 'x-user': alice, 'x-forwarded-user': alice },
        }));
      }
      const token = await signedAs(alice);
      const reply = await lab.call('get_weather', PARIS, { token, label: 'Alice’s own call' });
      return succeeded(reply)
        ? { breaches: [], complaints: [] }
        : {
            breaches: [
              `After ${calls} calls of somebody else, Alice was refused: ${describeReply(reply)}`,
            ],
            complaints: [],
          };
    },
  }),

  defineAttack<{ schedules: number; seed: number }>({
    id: 'rl-untrue-wait',
    title: 'Two limits, one answer',
    level: 'stretch',
    story:
      'An agent calls whatever it likes for minutes, stops at a refusal, waits as long as it was told, and is refused again: the wait was that of one limit, and another one was used up, perhaps by refused calls.',
    secureAnswer:
      'The wait is the longest of all limits that the call falls under, and what refuses a call counts it in none of them, or says so in the wait.',
    lessonAnchor: 'the-answer',
    controls: ['createRateLimiter'],
    references: [tools, rfc(9110, '10.2.3')],
    payload: z.strictObject({ schedules: z.int().min(1).max(100), seed: z.int() }),
    variants: { '60 schedules of all tools': { schedules: 60, seed: 3 } },
    async fire({ schedules, seed }, lab) {
      const random = numbersFrom(seed);
      const plans = Array.from({ length: schedules }, () => planAnything(random));
      return { breaches: await untrueWaits(lab, plans), complaints: [] };
    },
  }),

  defineAttack<{ callers: number }>({
    id: 'rl-herd',
    title: 'All come back at once',
    level: 'stretch',
    story:
      'Two hundred agents of one user are refused at one moment, and each is told the same second. They come back together, most are refused again, and so on: every wait ends in a crowd.',
    secureAnswer:
      'The wait is spread: some are told more than they need, none less, and none more than a minute.',
    lessonAnchor: 'the-answer',
    controls: ['createRateLimiter'],
    references: [
      unbounded,
      link(
        'AWS, Exponential Backoff And Jitter',
        'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
      ),
    ],
    payload: z.strictObject({ callers: z.int().min(150).max(400) }),
    variants: { '200 agents': { callers: 200 } },
    async fire({ callers }, lab) {
      const at = await beginning(lab);
      const call = { subject: `herd-${lab.nonce}`, tool: 'get_weather' };
      const answers = await lab.limiter([
        { ...call, at, calls: lab.config.limits.perUserPerMinute },
        { ...call, at: at + 20_000, calls: callers },
      ]);
      const told = (answers.at(-1)?.refusals ?? []).map(
        (refusal) => readRateLimitedResult(refusal)?.retryAfter ?? 0,
      );
      const together = Math.max(
        0,
        ...told.map((wait) => told.filter((other) => other === wait).length),
      );
      return {
        breaches:
          together > told.length / 2
            ? [
                `Of ${told.length} agents that were refused at one moment, ${together} are told to come back in the same second.`,
              ]
            : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ calls: number }>({
    id: 'rl-boundary',
    title: 'Where two windows meet',
    level: 'stretch',
    story:
      'A fixed window forgets everything at its end. The attacker calls just before and just after that moment, and gets two windows’ worth within a second.',
    secureAnswer:
      'A fixed window of sixty lets 120 through here, which this workbook accepts and explains; a sliding window or a token bucket does better. More than 120 in any minute is too much for any of them.',
    lessonAnchor: 'the-window',
    controls: ['createRateLimiter'],
    references: [unbounded],
    payload: z.strictObject({ calls: manyCalls }),
    variants: { '110 before and 110 after': { calls: 110 } },
    async fire({ calls }, lab) {
      const token = await lab.mint();
      const opening = await inSequence(lab, 1, () => ({ token }));
      await lab.advance(59_000);
      const before = await inSequence(lab, calls, () => ({ token }));
      await lab.advance(1_500);
      const after = await inSequence(lab, calls, () => ({ token }));
      const executed = (await lab.executions([...before, ...after])).length;
      const most = 2 * lab.config.limits.perUserPerMinute;
      return executed > most && opening.length > 0
        ? { breaches: [`${executed} calls of one user ran within two seconds.`], complaints: [] }
        : { breaches: [], complaints: [] };
    },
  }),
];

/** Asks the limiter itself, so that no time lies between the calls, however busy the machine is. */
async function raceWithinOneTick(lab: LabSession, calls: number): Promise<Findings> {
  const { perUserPerMinute } = lab.config.limits;
  const at = await beginning(lab);
  const subject = `racer-${lab.nonce}`;
  const [answer] = await lab.limiter([{ at, subject, tool: 'get_weather', calls }]);
  const allowed = answer?.allowed ?? 0;
  return allowed > perUserPerMinute
    ? { breaches: [`${allowed} calls of one user were let through at once.`], complaints: [] }
    : { breaches: [], complaints: [] };
}

/** Waits as long as the refusal says, and calls again. */
async function complainAboutWaiting(
  lab: LabSession,
  token: string,
  refused: LabReply,
): Promise<string[]> {
  const limited = readRateLimited(refused);
  if (!limited) {
    return [`The refused call does not say RATE_LIMITED: ${describeReply(refused)}`];
  }
  if (limited.retryAfter === undefined) return limited.complaints;
  await lab.advance(limited.retryAfter * 1000);
  const again = await lab.call('get_weather', PARIS, { token, label: 'after the stated wait' });
  return succeeded(again)
    ? limited.complaints
    : [
        ...limited.complaints,
        `A call ${limited.retryAfter} seconds later, as told, was refused again.`,
      ];
}

const disguised = (names: string[], index: number): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, disguise(name, index)]));

function disguise(header: string, index: number): string {
  const address = `203.0.113.${index % 250}`;
  switch (header) {
    case 'forwarded':
      return `for=${address}`;
    case 'user-agent':
      return `agent/${index}`;
    default:
      return header.includes('for') || header.includes('ip') ? address : `value-${index}`;
  }
}

/** The last character of a base64url text of 64 bytes has four bits that mean nothing (RFC 4648 §3.5). */
function spellingsOf(token: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1) ?? '');
  return Array.from(
    { length: 16 },
    (_, bits) => token.slice(0, -1) + alphabet.charAt((last & 0b110000) | bits),
  );
}

/** Complaints unless the first `calls` calls of a user succeed. */
async function complainUnlessServed(
  lab: LabSession,
  calls: number,
  token: string,
  who: string,
  what: Pick<SeriesCall, 'tool' | 'arguments'> = {},
): Promise<string[]> {
  const replies = await inSequence(lab, calls, () => ({ token, ...what }));
  const refused = replies.findIndex((reply) => !succeeded(reply));
  return refused === -1
    ? []
    : [`Call ${refused + 1} of ${who} was refused: ${describeReply(replies[refused]!)}`];
}

/** The first wait that does not hold, of schedules that each have a user of their own. */
async function untrueWaits(lab: LabSession, plans: PlannedCalls[][]): Promise<string[]> {
  for (const [index, plan] of plans.entries()) {
    const problem = await whyWaitIsUntrue(lab, `user-${index}-${lab.nonce}`, plan);
    if (problem) return [problem];
  }
  return [];
}

/** A limit that is used up to the second, and one that is used up in part before. */
const PLANS_TO_THE_SECOND: PlannedCalls[][] = [
  [
    { after: 0, tool: 'get_weather', calls: 60 },
    { after: 20_000, tool: 'get_weather', calls: 70 },
  ],
  [
    { after: 0, tool: 'get_weather', calls: 1 },
    { after: 30_000, tool: 'get_weather', calls: 59 },
    { after: 31_000, tool: 'get_weather', calls: 1 },
  ],
];

const uses: LegitimateUse[] = [
  {
    id: 'sixty-calls-pass',
    title: 'Sixty calls a minute pass',
    why: 'A limit that refuses earlier breaks the promise, and the agents that rely on it.',
    lessonAnchor: 'the-window',
    references: [tools],
    worksOnBaseline: true,
    try: async (lab) => complainUnlessServed(lab, 60, await lab.mint(), 'a user'),
  },
  {
    id: 'users-do-not-share',
    title: 'Two users behind one address have sixty each',
    why: 'An office, a campus and a mobile network are one address each.',
    lessonAnchor: 'what-to-count-under',
    references: [cwe(348, 'Use of Less Trusted Source')],
    worksOnBaseline: false,
    try: async (lab) => [
      ...(await complainUnlessServed(lab, 60, await lab.mint(), 'the first user')),
      ...(await complainUnlessServed(lab, 60, await lab.mint(), 'the second user')),
    ],
  },
  {
    id: 'expensive-tools-work',
    title: 'Three users ping five times each',
    why: 'An expensive tool is limited, not closed, and its limit is each user’s own.',
    lessonAnchor: 'expensive-tools',
    references: [tools],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const who of ['the first user', 'the second user', 'the third user']) {
        problems.push(...(await complainUnlessServed(lab, 5, await lab.mint(), who, PING)));
      }
      return problems;
    },
  },
  {
    id: 'works-again-after-a-minute',
    title: 'Works again when the minute is over',
    why: 'A limit slows down; it does not lock out.',
    lessonAnchor: 'the-answer',
    references: [tools],
    worksOnBaseline: true,
    async try(lab) {
      const token = await lab.mint();
      await inSequence(lab, 70, () => ({ token }));
      // A counter that slides may still weigh the minute before, but it lets a call through.
      await lab.advance(61_000);
      const problems = await complainUnlessServed(lab, 1, token, 'the same user a minute later');
      if (problems.length > 0) return problems;
      await lab.advance(60_000);
      return complainUnlessServed(lab, 20, token, 'the same user two minutes later');
    },
  },
  {
    id: 'waiting-as-told-helps',
    title: 'Works again after the stated wait',
    why: 'An agent that stops at the first refusal and waits as long as it is told deserves its next call.',
    lessonAnchor: 'the-answer',
    references: [tools, rfc(9110, '10.2.3')],
    worksOnBaseline: false,
    async try(lab) {
      await leaveEndOfMinute(lab);
      const token = await lab.mint();
      await inSequence(lab, 20, () => ({ token }));
      await lab.advance(20_000);
      for (let call = 21; call <= 120; call++) {
        const reply = await lab.call('get_weather', PARIS, { token, label: `call ${call}` });
        if (!succeeded(reply)) return complainAboutWaiting(lab, token, reply);
      }
      return [];
    },
  },
  {
    id: 'told-waits-are-true',
    title: 'Whoever waits as told is served, after any calls',
    why: 'The wait is a promise. Agents call in bursts and one by one, one tool and another, and some go on while they are refused: whatever was before, the call that waited as long as it was told is served.',
    lessonAnchor: 'the-answer',
    references: [tools, rfc(9110, '10.2.3')],
    worksOnBaseline: false,
    async try(lab) {
      const random = numbersFrom(1);
      const many = (plan: () => PlannedCalls[]) => Array.from({ length: 30 }, plan);
      return untrueWaits(lab, [
        ...PLANS_TO_THE_SECOND,
        ...many(() => planOneTool('get_weather', random)),
        ...many(() => planOneTool('ping_station', random)),
        ...many(() => planTwoLimits(random)),
      ]);
    },
  },
  {
    id: 'serves-odd-names',
    title: 'Serves users with odd names',
    why: 'A subject is any string. __proto__ and constructor are strings.',
    lessonAnchor: 'forgetting',
    references: [cwe(1321, 'Prototype Pollution'), rfc(7519, '4.1.2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const sub of ['__proto__', 'constructor', 'toString', 'a|b', 'ünï çödé']) {
        const token = await lab.mint({ claims: { sub } });
        problems.push(...(await complainUnlessServed(lab, 2, token, `“${sub}”`)));
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions(attacks, {
    'rl-burst': '75 calls',
    'rl-malformed': 'arguments of null',
    'rl-batch': 'three times fifty',
  }),
  uses,
};
