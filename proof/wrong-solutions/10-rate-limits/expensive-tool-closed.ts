import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A tool with a limit of its own is refused from the first call on: the limit is read as if it were used up already.';
export const caughtBy = ['expensive-tools-work', 'rl-victim-drain', 'told-waits-are-true'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();
  let endsAt = 0;

  const spend = (key: string, limit: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };

  return {
    check(call) {
      const now = Date.now();
      if (now >= endsAt) {
        counts.clear();
        endsAt = now + MINUTE_MS;
      }
      const user = call.actor?.subject ?? 'anonymous';
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, call.tool in perToolPerMinute ? 0 : Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
