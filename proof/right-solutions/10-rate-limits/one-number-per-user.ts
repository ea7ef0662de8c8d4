import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'GCRA: one number for each key, the time at which all calls so far would have been made at an even pace.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  /** Theoretical arrival time of the next call. */
  const arrivals = new Map<string, number>();
  let sweepAt = 0;

  const waitFor = (key: string, limit: number, now: number): number =>
    Math.max(arrivals.get(key) ?? 0, now) + MINUTE_MS / limit - MINUTE_MS - now;
  const count = (key: string, limit: number, now: number): unknown =>
    arrivals.set(key, Math.max(arrivals.get(key) ?? 0, now) + MINUTE_MS / limit);

  return {
    check({ actor, tool }) {
      const now = Date.now();
      if (now >= sweepAt) {
        for (const [key, arrival] of arrivals) if (arrival <= now) arrivals.delete(key);
        sweepAt = now + MINUTE_MS;
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const ofTool = `${user} ${tool}`;
      const toolLimit = perToolPerMinute[tool] ?? Infinity;
      const wait = Math.max(
        waitFor(user, perUserPerMinute, now),
        toolLimit === Infinity ? 0 : waitFor(ofTool, toolLimit, now),
      );
      // A fraction of a millisecond is what is left of adding sixtieths.
      if (wait > 0.001) return { allowed: false, retryAfterMs: wait };
      count(user, perUserPerMinute, now);
      if (toolLimit !== Infinity) count(ofTool, toolLimit, now);
      return { allowed: true };
    },
  };
};
