import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'There is one budget, and a call costs what its tool costs: a ping is as dear as six lookups.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const costs = new Map(
    Object.entries(perToolPerMinute).map(([tool, limit]) => [tool, perUserPerMinute / limit]),
  );
  const spent = new Map<string, number>();
  let endsAt = 0;

  return {
    check({ actor, tool }) {
      const now = Date.now();
      if (now >= endsAt) {
        spent.clear();
        endsAt = now + MINUTE_MS;
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const after = (spent.get(user) ?? 0) + (costs.get(tool) ?? 1);
      if (after > perUserPerMinute) return { allowed: false, retryAfterMs: endsAt - now };
      spent.set(user, after);
      return { allowed: true };
    },
  };
};
