import type { BurstCall, BurstReport } from '../../../studies/burst/shared.ts';
import type { Judgement } from '../console/judgement.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';
import { busiestMinute, CLOCK_STEPS_MS, inSeconds, MINUTE_MS, timesThatRan } from './minute.ts';

/** How well a target kept its limit, in a few words. */
export function judgeBursts(outcome: StudyOutcome<BurstReport>): Judgement {
  if (outcome.type === 'broken') {
    return { word: 'Could not run', icon: 'notRun', tone: 'inconclusive' };
  }
  const { calls, limit } = outcome.study;
  const most = busiestMinute(timesThatRan(calls))?.calls ?? 0;
  if (most > limit) {
    return { word: `${most} in one minute`, icon: 'breached', tone: 'breached' };
  }
  if (calls.some(({ fate }) => fate === 'neither')) {
    return { word: 'Some calls failed', icon: 'fails', tone: 'inconclusive' };
  }
  return calls.some((_, index) => isRefusedEarly(calls, index, limit))
    ? { word: 'Refuses too early', icon: 'fails', tone: 'inconclusive' }
    : { word: `${most} at most in a minute`, icon: 'blocked', tone: 'blocked' };
}

/** Refused although fewer calls than the limit, refused ones included, came in the minute before. */
function isRefusedEarly(calls: readonly BurstCall[], index: number, limit: number): boolean {
  const call = calls[index];
  if (call?.fate !== 'refused') return false;
  const from = call.at - MINUTE_MS - CLOCK_STEPS_MS;
  return calls.slice(0, index).filter(({ at }) => at > from).length < limit;
}

/** What the picture shows, in sentences. */
export function describeBursts({ calls, limit }: BurstReport): string {
  const counted = count(calls);
  const others = counted.neither > 0 ? `, ${counted.neither} failed in another way` : '';
  const fates = `${calls.length} ${calls.length === 1 ? 'call was' : 'calls were'} sent: ${counted.ran} ran, ${counted.refused} ${counted.refused === 1 ? 'was' : 'were'} refused${others}.`;
  const busiest = busiestMinute(timesThatRan(calls));
  if (!busiest) return fates;
  const when =
    inSeconds(busiest.from) === inSeconds(busiest.to)
      ? `at ${inSeconds(busiest.from)}`
      : `from ${inSeconds(busiest.from)} to ${inSeconds(busiest.to)}`;
  return `${fates} ${busiest.calls} ${busiest.calls === 1 ? 'call' : 'calls'} ran within one minute, ${when}; the limit is ${limit}.`;
}

export interface BurstRow {
  burst: number;
  /** First and last call, in milliseconds. */
  from: number;
  to: number;
  sent: number;
  ran: number;
  /** How many of these at each instance that ran any. */
  ranAt: Map<number, number>;
  refused: number;
  neither: number;
  /** Seconds that refused calls were told to wait: the least and the most. */
  waits: [number, number] | undefined;
}

/** One row for each burst, in the order in which they were fired. */
export function rowsOf(calls: readonly BurstCall[]): BurstRow[] {
  const bursts = [...new Set(calls.map(({ burst }) => burst))];
  return bursts.map((burst) => {
    const own = calls.filter((call) => call.burst === burst);
    const times = own.map(({ at }) => at);
    const waits = own.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
    return {
      burst,
      from: Math.min(...times),
      to: Math.max(...times),
      sent: own.length,
      ...count(own),
      ranAt: ranAtEach(own),
      waits: waits.length > 0 ? [Math.min(...waits), Math.max(...waits)] : undefined,
    };
  });
}

function ranAtEach(calls: readonly BurstCall[]): Map<number, number> {
  const ran = new Map<number, number>();
  for (const { fate, instance } of calls) {
    if (fate === 'ran') ran.set(instance, (ran.get(instance) ?? 0) + 1);
  }
  return ran;
}

function count(calls: readonly BurstCall[]): Record<BurstCall['fate'], number> {
  const counted = { ran: 0, refused: 0, neither: 0 };
  for (const { fate } of calls) counted[fate]++;
  return counted;
}
