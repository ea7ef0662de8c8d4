import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'hasOwn() keeps inherited members out, but assigning to __proto__ makes no member: the user of that name has no count, and no limit.';
export const caughtBy = ['rl-burst'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  let counts: Record<string, number> = {};
  let endsAt = 0;

  const spend = (key: string, limit: number): boolean => {
    const count = Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0;
    counts[key] = count + 1;
    return count < limit;
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      if (now >= endsAt) {
        counts = {};
        endsAt = now + MINUTE_MS;
      }
      const user = actor?.subject ?? 'anonymous';
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(JSON.stringify([user, tool]), perToolPerMinute[tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
