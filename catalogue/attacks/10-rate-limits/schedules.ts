/**
 * Schedules of calls that the limiter is asked directly, on a clock that moves only as they say. Each
 * begins with users of its own, so that many can share one limiter and one timeline.
 */
import type { Findings } from '../../../lab/attack.ts';
import type { LabSession, LimiterAnswer, LimiterStep } from '../../../lab/protocol.ts';
import { readRateLimitedResult } from '../replies.ts';

/** Calls of one user, so many milliseconds after the schedule began. */
export interface PlannedCalls {
  after: number;
  tool: string;
  calls: number;
  untilRefused?: boolean;
}

const LOOKUP = 'get_weather';
const PING = 'ping_station';

/** The limiter's life does not begin with a window: a server has been up for a while. */
const UP_FOR_MS = 137;

/** A moment of the target's clock from which steps can be planned. */
export async function beginning(lab: LabSession): Promise<number> {
  const [answer] = await lab.limiter([{ at: 0, subject: 'nobody', tool: 'get_weather', calls: 0 }]);
  return (answer?.at ?? 0) + UP_FOR_MS;
}

/**
 * Plays a schedule, and then waits exactly as long as the last refusal of its last step says. What is
 * wrong with that refusal, in a sentence; nothing if none was refused, or the next call is served.
 */
export async function whyWaitIsUntrue(
  lab: LabSession,
  subject: string,
  plan: PlannedCalls[],
): Promise<string | undefined> {
  const start = await beginning(lab);
  const steps = plan.map(({ after, ...calls }) => ({ at: start + after, subject, ...calls }));
  const last = (await lab.limiter(steps)).at(-1);
  const tool = plan.at(-1)?.tool ?? '';
  if (!last || last.refusals.length === 0) return undefined;
  const limited = readRateLimitedResult(last.refusals.at(-1));
  if (!limited) return 'A refused call does not say RATE_LIMITED.';
  const [complaint] = limited.complaints;
  if (limited.retryAfter === undefined) return complaint;
  const at = last.at + limited.retryAfter * 1000;
  const [again] = await lab.limiter([{ at, subject, tool, calls: 1 }]);
  if (again?.allowed === 1) return complaint;
  return `A call of ${tool}, ${limited.retryAfter} seconds later, as told, was refused again, after ${describePlan(plan)}.`;
}

const describePlan = (plan: PlannedCalls[]): string =>
  plan
    .slice(-4)
    .map(({ after, tool, calls }) => `${calls} of ${tool} at ${after / 1000} s`)
    .join(', ');

/**
 * Random numbers that are the same in every run (mulberry32): a schedule that finds something can be
 * played again.
 */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Groups of calls at moments to the millisecond, none of them after `within` milliseconds. */
function groupsOfCalls(
  tools: string[],
  { groups, mostCalls, within }: { groups: number; mostCalls: number; within: number },
  random: (below: number) => number,
): PlannedCalls[] {
  return Array.from({ length: 1 + random(groups) }, () => ({
    after: random(within),
    tool: tools[random(tools.length)] ?? '',
    calls: 1 + random(mostCalls),
  })).toSorted((one, other) => one.after - other.after);
}

/** One tool over five minutes; at the end some more than its limit, or just until one is refused. */
export function planOneTool(tool: string, random: (below: number) => number): PlannedCalls[] {
  const habit = { groups: 12, mostCalls: tool === PING ? 6 : 35, within: 300_000 };
  const plan = groupsOfCalls([tool], habit, random);
  const after = (plan.at(-1)?.after ?? 0) + 1 + random(40_000);
  return [...plan, { after, tool, calls: 70, untilRefused: random(2) === 0 }];
}

/**
 * In one minute first some pings and lookups, then as many lookups as pass, then more pings than pass:
 * of two limits, the answer has to name the one that lasts.
 */
export function planTwoLimits(random: (below: number) => number): PlannedCalls[] {
  const some = [
    { after: random(40_000), tool: PING, calls: 1 + random(10) },
    { after: random(40_000), tool: LOOKUP, calls: 1 + random(45) },
  ].toSorted((one, other) => one.after - other.after);
  const after = 40_000 + random(10_000);
  return [
    ...some,
    { after, tool: LOOKUP, calls: 70 },
    { after: after + 1 + random(9_000), tool: PING, calls: 70 },
  ];
}

/** Any tools, over five minutes, and in the end more of one than the insecure server lets through. */
export function planAnything(random: (below: number) => number): PlannedCalls[] {
  const habit = { groups: 30, mostCalls: 12, within: 300_000 };
  const plan = groupsOfCalls([LOOKUP, PING, PING, 'get_forecast'], habit, random);
  const after = (plan.at(-1)?.after ?? 0) + 1 + random(30_000);
  const [then = LOOKUP] = random(2) === 0 ? [PING] : [LOOKUP];
  const untilRefused = random(2) === 0;
  return [...plan, { after, tool: then, calls: 120, untilRefused }];
}

/**
 * Two callers who take whatever they get: one asks every 20 milliseconds for four minutes, one every
 * 59.5 seconds for hours. A fixed window may lie anywhere, so a first burst says nothing; but from the
 * moment when more is let through, `limit` calls are all that a minute has.
 */
export async function findShortWindow(
  lab: LabSession,
  tool: string,
  limit: number,
): Promise<Findings> {
  const greedy = await askEvery(lab, `greedy-${lab.nonce}`, tool, 20, 240_000);
  const patient = await askEvery(lab, `patient-${lab.nonce}`, tool, 59_500, 260 * 59_500);
  const breaches = [
    ...tooManyAtOnce(greedy, limit),
    ...tooManyAMinute(greedy.slice(1), limit),
    ...tooManyInHours(patient, limit),
  ];
  return { breaches: breaches.slice(0, 1), complaints: [] };
}

async function askEvery(
  lab: LabSession,
  subject: string,
  tool: string,
  everyMs: number,
  forMs: number,
): Promise<LimiterAnswer[]> {
  const start = await beginning(lab);
  const steps: LimiterStep[] = [];
  for (let after = 0; after < forMs; after += everyMs) {
    steps.push({ at: start + after, subject, tool, calls: 200, untilRefused: true });
  }
  return (await lab.limiter(steps)).filter(({ allowed }) => allowed > 0);
}

const sum = (answers: LimiterAnswer[]): number =>
  answers.reduce((total, { allowed }) => total + allowed, 0);

const tooManyAtOnce = (answers: LimiterAnswer[], limit: number): string[] =>
  answers
    .filter(({ allowed }) => allowed > limit)
    .map(
      ({ allowed }) =>
        `${allowed} calls of one user were let through at once; ${limit} are a minute's.`,
    );

/** What was seen every 20 milliseconds may have begun up to 20 milliseconds before. */
const SEEN_WITHIN_MS = 40;

function tooManyAMinute(answers: LimiterAnswer[], limit: number): string[] {
  const [first] = answers;
  if (!first) return [];
  for (const minutes of [1, 2, 3]) {
    const end = first.at + minutes * 60_000 - SEEN_WITHIN_MS;
    const calls = sum(answers.filter(({ at }) => at < end));
    if (calls > minutes * limit) {
      return [
        `${calls} calls of one user were let through within ${minutes * 60} seconds, of which none was left over from before; ${limit} a minute are allowed.`,
      ];
    }
  }
  return [];
}

/** At both ends of the time a window may have been used that reaches beyond it. */
function tooManyInHours(answers: LimiterAnswer[], limit: number): string[] {
  const seconds = ((answers.at(-1)?.at ?? 0) - (answers[0]?.at ?? 0)) / 1000;
  const calls = sum(answers);
  const most = (Math.floor(seconds / 60) + 2) * limit;
  return calls > most
    ? [
        `${calls} calls of one user were let through in ${Math.round(seconds / 60)} minutes; ${limit} a minute are allowed.`,
      ]
    : [];
}

/** What stands between the parts of a key, in code that people write. */
const SEPARATORS = [
  ...Array.from(':|/ .-_#,;@~+=&%$!*>\0\u001f\n\t'),
  ...':: || -- __ // -> =>'.split(' '),
  ', ',
  ' of ',
  '',
];

/**
 * Users whose names are what a key might be made of: another user's name, a separator, a tool. They
 * spend what they have, and Alice must still have what is hers.
 */
export async function findMeetingKeys(lab: LabSession): Promise<Findings> {
  const alice = `alice-${lab.nonce}`;
  const start = await beginning(lab);
  const namesakes = SEPARATORS.flatMap((separator) => [
    [alice, PING].join(separator),
    [PING, alice].join(separator),
    [alice, LOOKUP].join(separator),
    [alice, 'tool', PING].join(separator),
    ['tool', PING, alice].join(separator),
  ]);
  const ofAlice = (tool: string, calls: number): LimiterStep => ({
    at: start,
    subject: alice,
    tool,
    calls,
  });
  const answers = await lab.limiter([
    ofAlice(PING, 4),
    ...namesakes.flatMap((subject) => [
      { at: start, subject, tool: PING, calls: 1 },
      { at: start, subject, tool: LOOKUP, calls: 55 },
      { at: start, subject, tool: PING, calls: 20 },
    ]),
    ofAlice(PING, 1),
    ofAlice(LOOKUP, 20),
  ]);
  const [pings, lookups] = answers.slice(-2);
  // Who refuses her first pings has another fault than this one.
  const mayPing = answers[0]?.allowed === 4;
  const isDrained = (mayPing && pings?.allowed !== 1) || lookups?.allowed !== 20;
  const breach = 'After the calls of users whose names begin or end with hers, Alice was refused.';
  return { breaches: isDrained ? [breach] : [], complaints: [] };
}
