import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Windows are the minutes of the clock, and everything of the minute before is dropped at once.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();
  let minute = 0;

  const spend = (key: string, limit: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };

  return {
    check(call) {
      const now = Date.now();
      if (Math.floor(now / MINUTE_MS) !== minute) {
        counts.clear();
        minute = Math.floor(now / MINUTE_MS);
      }
      const user = JSON.stringify([call.actor?.issuer, call.actor?.subject]);
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: (minute + 1) * MINUTE_MS - now };
    },
  };
};
