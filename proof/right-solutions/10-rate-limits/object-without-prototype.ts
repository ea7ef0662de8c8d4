import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A plain object is a fine store if it has no prototype: then a name is never more than a name.';

const MINUTE_MS = 60_000;

const emptyCounts = (): Record<string, number> => Object.create(null) as Record<string, number>;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  let counts = emptyCounts();
  let endsAt = 0;

  const spend = (key: string, limit: number): boolean => {
    const count = (counts[key] ?? 0) + 1;
    counts[key] = count;
    return count <= limit;
  };

  return {
    check({ actor, tool }) {
      const now = performance.now();
      if (now >= endsAt) {
        counts = emptyCounts();
        endsAt = now + MINUTE_MS;
      }
      const user = JSON.stringify(actor?.subject ?? null);
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${tool} of ${user}`, perToolPerMinute[tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
