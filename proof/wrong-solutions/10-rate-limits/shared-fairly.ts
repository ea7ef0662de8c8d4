import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A hundred calls a minute are shared by all who are there, in equal parts: with a second user there are fifty for each, and sixty were promised.';
export const caughtBy = ['users-do-not-share', 'rl-victim-drain'];

const MINUTE_MS = 60_000;
const CALLS_OF_ALL = 100;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const users = new Map<string, Map<string, number>>();
  let endsAt = 0;

  return {
    check({ actor, tool }) {
      const now = Date.now();
      if (now >= endsAt) {
        users.clear();
        endsAt = now + MINUTE_MS;
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const counts = users.get(user) ?? new Map<string, number>();
      users.set(user, counts);

      const share = Math.max(1, Math.floor(CALLS_OF_ALL / users.size));
      const limits = { all: Math.min(perUserPerMinute, share), [tool]: perToolPerMinute[tool] };
      for (const [what, limit = Infinity] of Object.entries(limits)) {
        const count = counts.get(what) ?? 0;
        if (count >= limit) return { allowed: false, retryAfterMs: endsAt - now };
        counts.set(what, count + 1);
      }
      return { allowed: true };
    },
  };
};
