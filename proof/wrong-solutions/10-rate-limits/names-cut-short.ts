import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only the beginning of a subject is kept as key, so that long names which differ at the end are one user.';
export const caughtBy = ['rl-victim-drain'];

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
      const user = (call.actor?.subject ?? 'anonymous').slice(0, 32);
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
