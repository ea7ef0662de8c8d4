import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Subjects are compared without regard to case, but they are case-sensitive: who registers as ALICE spends the budget of alice.';
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
      const user = (call.actor?.subject ?? 'anonymous').toLowerCase();
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
