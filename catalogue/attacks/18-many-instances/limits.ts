/** More calls than a user has, at servers that count together. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import { cwe } from '../references.ts';
import { PARIS } from '../replies.ts';
import {
  inGroups,
  BACK_WITHIN_MS,
  instanceFor,
  inTurn,
  raceCheck,
  ran,
  tokensOf,
  whileStoreIs,
} from './over-instances.ts';

const unbounded = cwe(770, 'Allocation of Resources Without Limits or Throttling');

const CALLS = {
  get_weather: PARIS,
  ping_station: { host: 'paris-1.stations.example' },
} as const;
const tool = z.enum(['get_weather', 'ping_station']);
type Tool = z.infer<typeof tool>;

const limitOf = (lab: LabSession, tool: Tool): number => {
  const { perUserPerMinute, perToolPerMinute } = lab.config.limits;
  return perToolPerMinute[tool] ?? perUserPerMinute;
};

/** `count` calls of one user, spread over the instances from `first` on. */
export function callsOf(
  lab: LabSession,
  token: (index: number) => string,
  count: number,
  tool: Tool = 'get_weather',
  at: (index: number) => number = (index) => index,
): (() => Promise<LabReply>)[] {
  return Array.from({ length: count }, (_, index) => {
    const where = at(index);
    return () => instanceFor(lab, where).call(tool, CALLS[tool], { token: token(where) });
  });
}

const tooMany = (count: number, limit: number, how: string): string[] =>
  count > limit ? [`${count} calls of one user ran ${how}, and the limit is ${limit}.`] : [];

/** Less by what the clocks of lab and store may be apart. */
const A_MINUTE_MS = 59_800;

export const attacksOnLimits: Attack[] = [
  defineAttack<{ calls: number; tool: Tool; atOnce: boolean }>({
    id: 'mi-burst',
    title: 'Two hundred calls at three instances',
    level: 'core',
    story:
      'The attacker sends everything at once, and the load balancer spreads it. Each instance reads the count, finds room, and writes a new one; all of them have read the same.',
    secureAnswer:
      'Sixty run, ten of ping_station, whichever instance is asked. Looking and counting are one step, at the store.',
    lessonAnchor: 'one-step',
    references: [raceCheck, unbounded],
    payload: z.strictObject({ calls: z.int().min(1).max(300), tool, atOnce: z.boolean() }),
    variants: {
      'two hundred at once': { calls: 200, tool: 'get_weather', atOnce: true },
    },
    fire: fireBurst,
  }),

  defineAttack<{ calls: number; tool: Tool; atOnce: boolean }>({
    id: 'mi-tool-burst',
    title: 'An expensive tool at three instances',
    level: 'core',
    story:
      'ping_station has a limit of its own, ten a minute, because it does real work. The attacker calls nothing else.',
    secureAnswer: 'Ten run, in any minute, at all instances together.',
    lessonAnchor: 'several-windows-in-one-step',
    references: [unbounded, raceCheck],
    payload: z.strictObject({ calls: z.int().min(1).max(300), tool, atOnce: z.boolean() }),
    variants: {
      'fifty at once': { calls: 50, tool: 'ping_station', atOnce: true },
      'thirty, one after the other': { calls: 30, tool: 'ping_station', atOnce: false },
    },
    fire: fireBurst,
  }),

  defineAttack<{ volleys: { atSeconds: number; calls: number }[] }>({
    id: 'mi-two-minutes',
    title: 'At the turn of a minute',
    level: 'core',
    story:
      'A counter that begins anew every minute lets sixty calls through at its end, and sixty more a moment later. The attacker tries where the minute begins: with the first call, or with the clock.',
    secureAnswer:
      'No sixty seconds hold more than sixty calls, wherever they begin: the window slides.',
    lessonAnchor: 'several-windows-in-one-step',
    references: [unbounded],
    payload: z.strictObject({
      volleys: z
        .array(
          z.strictObject({
            atSeconds: z.number().min(0).max(600),
            calls: z.int().min(1).max(100),
          }),
        )
        .min(1)
        .max(20),
    }),
    variants: {
      'wherever it begins': {
        volleys: [
          // A minute that begins with the first call.
          { atSeconds: 0, calls: 1 },
          { atSeconds: 50, calls: 59 },
          { atSeconds: 61, calls: 59 },
          // One that begins with the clock, whatever it says: it turns within one of these.
          { atSeconds: 150, calls: 60 },
          { atSeconds: 165, calls: 6 },
          { atSeconds: 180, calls: 6 },
          { atSeconds: 195, calls: 6 },
          { atSeconds: 208, calls: 6 },
          { atSeconds: 300, calls: 60 },
          { atSeconds: 325, calls: 6 },
          { atSeconds: 330, calls: 6 },
          { atSeconds: 358, calls: 6 },
        ],
      },
      'a second before its end': {
        volleys: [0, 120, 240].flatMap((begin) => [
          { atSeconds: begin, calls: 1 },
          { atSeconds: begin + 30, calls: 59 },
          { atSeconds: begin + 59.1, calls: 2 },
        ]),
      },
    },
    async fire({ volleys }, lab) {
      const claims = { sub: `user-${lab.nonce}` };
      const limit = limitOf(lab, 'get_weather');
      const began = performance.now();
      let advanced = 0;
      // Of the store’s clock, which goes on by itself as well.
      const elapsed = (): number => performance.now() - began + advanced;
      const done: { from: number; to: number; count: number }[] = [];
      for (const { atSeconds, calls } of volleys) {
        const pause = atSeconds * 1_000 - elapsed();
        if (pause > 0) {
          await lab.advance(pause);
          advanced += pause;
        }
        const token = await tokensOf(lab, claims);
        const from = elapsed();
        const replies = await inTurn(callsOf(lab, token, calls));
        done.push({ from, to: elapsed(), count: await ran(lab, replies) });
      }
      const inAnyMinute = done.map(({ to }) =>
        done
          .filter((other) => other.to <= to && to - other.from < A_MINUTE_MS)
          .reduce((sum, { count }) => sum + count, 0),
      );
      const most = Math.max(...inAnyMinute);
      return { breaches: tooMany(most, limit, 'within a minute'), complaints: [] };
    },
  }),

  defineAttack<{ aheadSeconds: number }>({
    id: 'mi-clock-ahead',
    title: 'An instance whose clock is ahead',
    level: 'core',
    story:
      'One of three machines has the wrong time. To it, every call of the last minute is an hour old. The attacker asks that one, or asks it first so that it clears the others’ table.',
    secureAnswer: 'Sixty run. The store has one clock, and no other counts.',
    lessonAnchor: 'whose-clock',
    references: [unbounded],
    payload: z.strictObject({ aheadSeconds: z.number().min(1).max(7_200) }),
    variants: {
      'an hour': { aheadSeconds: 3_600 },
      'two minutes': { aheadSeconds: 120 },
    },
    async fire({ aheadSeconds }, lab) {
      await instanceFor(lab, 1).advance(aheadSeconds * 1_000);
      const token = await tokensOf(lab, { sub: `user-${lab.nonce}` });
      const limit = limitOf(lab, 'get_weather');
      const there = [0, 1, 0, 2].flatMap((where) =>
        callsOf(lab, token, where === 0 ? limit : 20, 'get_weather', () => where),
      );
      const count = await ran(lab, await inTurn(there));
      return { breaches: tooMany(count, limit, 'while clocks differed'), complaints: [] };
    },
  }),

  defineAttack<{ clients: number; callsOfEach: number }>({
    id: 'mi-many-clients',
    title: 'Another client for each instance',
    level: 'core',
    story:
      'The attacker registers a few clients, which anybody may, and signs in with each. If the count is kept under the client, or under the token, there are as many counts as clients.',
    secureAnswer: 'Sixty run: what is counted is the verified user, issuer and subject.',
    lessonAnchor: 'under-which-key',
    references: [unbounded],
    payload: z.strictObject({
      clients: z.int().min(2).max(6),
      callsOfEach: z.int().min(1).max(60),
    }),
    variants: { 'three clients': { clients: 3, callsOfEach: 40 } },
    async fire({ clients, callsOfEach }, lab) {
      const replies: LabReply[] = [];
      for (let client = 0; client < clients; client++) {
        const claims = { sub: `user-${lab.nonce}`, client_id: `client-${client}-${lab.nonce}` };
        replies.push(...(await inTurn(callsOf(lab, await tokensOf(lab, claims), callsOfEach))));
      }
      const count = await ran(lab, replies);
      const limit = limitOf(lab, 'get_weather');
      return { breaches: tooMany(count, limit, 'through several clients'), complaints: [] };
    },
  }),

  defineAttack<Outage>({
    id: 'mi-limit-without-store',
    title: 'While nobody counts',
    level: 'core',
    story:
      'The store is restarted, or the attacker has filled its memory or its network. A server that would rather answer than count lets everything through, and nobody notices.',
    secureAnswer:
      'Calls that cannot be counted are refused, with an error that may be tried again; or this process counts meanwhile, never more than sixty.',
    lessonAnchor: 'a-store-that-is-away',
    references: [
      cwe(636, 'Not Failing Securely (Failing Open)'),
      unbounded,
      cwe(703, 'Improper Check or Handling of Exceptional Conditions'),
    ],
    payload: z.strictObject({
      condition: z.enum(['away', 'silent', 'losing answers', 'full']),
      calls: z.int().min(1).max(300),
      clients: z.int().min(1).max(6).optional(),
      tools: z.array(tool).min(1).max(2).optional(),
      againAfterSeconds: z.array(z.number().min(0).max(50)).max(5).optional(),
      backBetween: z.boolean().optional(),
    }),
    variants: {
      'it is away': { condition: 'away', calls: 100 },
      'it is silent': { condition: 'silent', calls: 100 },
      'its answers get lost': { condition: 'losing answers', calls: 100 },
      'it is full': { condition: 'full', calls: 100 },
      'through three clients': { condition: 'away', calls: 120, clients: 3 },
      'with two tools': { condition: 'away', calls: 140, tools: ['get_weather', 'ping_station'] },
      'across the turn of a minute': { condition: 'away', calls: 60, againAfterSeconds: [22, 22] },
      'again and again': {
        condition: 'away',
        calls: 60,
        againAfterSeconds: [5, 5],
        backBetween: true,
      },
    },
    fire: fireInOutages,
  }),

  defineAttack<{ secondsLater: number; calls: number }>({
    id: 'mi-after-an-outage',
    title: 'When the store is back',
    level: 'core',
    story:
      'The store was away for a moment. Instances that found something else to count with stay with it, each by itself; the attacker has a limit at each of them from then on.',
    secureAnswer:
      'Two minutes later at most, sixty calls run at all instances together, as before.',
    lessonAnchor: 'a-store-that-is-away',
    references: [cwe(636, 'Not Failing Securely (Failing Open)'), raceCheck],
    payload: z.strictObject({
      secondsLater: z.number().min(120).max(600),
      calls: z.int().min(1).max(300),
    }),
    variants: { 'two minutes later': { secondsLater: 120, calls: 84 } },
    async fire({ secondsLater, calls }, lab) {
      const claims = { sub: `user-${lab.nonce}` };
      const first = callsOf(lab, await tokensOf(lab, claims), 6);
      await whileStoreIs(lab, 'away', first);
      await lab.advance(secondsLater * 1_000);
      const requests = callsOf(lab, await tokensOf(lab, claims), calls);
      const count = await ran(lab, await inGroups(lab, requests));
      const limit = limitOf(lab, 'get_weather');
      return { breaches: tooMany(count, limit, 'after the store was back'), complaints: [] };
    },
  }),
];

const MINUTE_MS = 60_000;
const BEFORE_ITS_TURN_MS = 15_000;

/** Calls while the store is away or silent: of a user’s clients and tools in turn. */
interface Outage {
  condition: 'away' | 'silent' | 'losing answers' | 'full';
  calls: number;
  clients?: number | undefined;
  tools?: Tool[] | undefined;
  /** As many calls again after each of these pauses, all within a minute. */
  againAfterSeconds?: number[] | undefined;
  /** The store is there for a moment in each pause, and one call is counted. */
  backBetween?: boolean | undefined;
}

async function fireInOutages(
  { condition, calls, clients = 1, tools = ['get_weather'], ...again }: Outage,
  lab: LabSession,
): Promise<{ breaches: string[]; complaints: string[] }> {
  const { againAfterSeconds = [], backBetween = false } = again;
  const requests = async (count: number): Promise<(() => Promise<LabReply>)[]> => {
    const tokens: ((index: number) => string)[] = [];
    for (let client = 0; client < clients; client++) {
      const claims = { sub: `user-${lab.nonce}`, scope: 'weather:admin' };
      tokens.push(await tokensOf(lab, { ...claims, client_id: `client-${client}-${lab.nonce}` }));
    }
    return Array.from({ length: count }, (_, index) => {
      const token = tokens[index % clients]?.(0) ?? '';
      const tool = tools[index % tools.length] ?? 'get_weather';
      return () => instanceFor(lab, 0).call(tool, CALLS[tool], { token });
    });
  };
  if (againAfterSeconds.length > 0) {
    // Wherever a minute begins by the clock, it begins between these.
    await lab.advance((2 * MINUTE_MS - BEFORE_ITS_TURN_MS - (Date.now() % MINUTE_MS)) % MINUTE_MS);
  }
  const began = performance.now();
  let advanced = BACK_WITHIN_MS;
  const replies = await whileStoreIs(lab, condition, await requests(calls));
  for (const seconds of againAfterSeconds) {
    if (backBetween) await inTurn(await requests(1));
    await lab.advance(seconds * 1_000);
    advanced += seconds * 1_000;
    const more = await whileStoreIs(lab, condition, await requests(calls));
    // What a slow machine adds could make it two minutes.
    if (advanced + performance.now() - began < A_MINUTE_MS) replies.push(...more);
    advanced += BACK_WITHIN_MS;
  }
  const count = await ran(lab, replies);
  const limit = limitOf(lab, 'get_weather');
  return { breaches: tooMany(count, limit, 'while the store did not count'), complaints: [] };
}

async function fireBurst(
  { calls, tool, atOnce }: { calls: number; tool: Tool; atOnce: boolean },
  lab: LabSession,
): Promise<{ breaches: string[]; complaints: string[] }> {
  const token = await tokensOf(lab, { sub: `user-${lab.nonce}`, scope: 'weather:admin' });
  const requests = callsOf(lab, token, calls, tool);
  const replies = atOnce
    ? await lab.store.inRoundsOf(calls, () => lab.together(requests))
    : await inTurn(requests);
  const count = await ran(lab, replies);
  const how = `at ${lab.instances.length} instances`;
  return { breaches: tooMany(count, limitOf(lab, tool), how), complaints: [] };
}
