import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The sixtieth call is refused already: < where <= was meant breaks the promise of sixty.';
export const caughtBy = ['sixty-calls-pass', 'users-do-not-share'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();
  let endsAt = 0;

  const spend = (key: string, limit: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count < limit;
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
        spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
