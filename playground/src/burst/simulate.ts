import type { Burst, BurstReport } from '../../../studies/burst/shared.ts';
import { limiters, type LimiterKind } from './limiters.ts';

/** Milliseconds from one call of a burst to the next. */
const BETWEEN_CALLS_MS = 5;

/** What a limiter would make of a schedule, worked out in the page: no server is asked. */
export function simulateBursts(
  kind: LimiterKind,
  limit: number,
  bursts: readonly Burst[],
): BurstReport {
  const mayRun = limiters[kind].begin(limit);
  const calls = bursts.flatMap(({ atSecond, calls }, burst) =>
    Array.from({ length: calls }, (_, i) => {
      const at = atSecond * 1000 + i * BETWEEN_CALLS_MS;
      return { burst, instance: 0, at, fate: mayRun(at) ? ('ran' as const) : ('refused' as const) };
    }),
  );
  return { limit, instances: 1, calls, faults: [] };
}
