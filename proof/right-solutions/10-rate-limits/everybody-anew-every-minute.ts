import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Once a minute a timer empties all counters; the answer names that moment.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();
  let startedAt = Date.now();

  setInterval(() => {
    counts.clear();
    startedAt = Date.now();
  }, MINUTE_MS).unref();

  const spend = (key: string, limit: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };

  return {
    check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity);
      const retryAfterMs = Math.max(1, startedAt + MINUTE_MS - Date.now());
      return allowed ? { allowed } : { allowed, retryAfterMs };
    },
  };
};
