import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Between reading the count and writing it back lies an await that waits for nothing: calls of one tick all read the same number.';
export const caughtBy = ['rl-race'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  let counts = new Map<string, number>();
  let endsAt = 0;
  const read = async (key: string): Promise<number> => Promise.resolve(counts.get(key) ?? 0);

  return {
    async check({ actor, tool }) {
      const now = Date.now();
      if (now >= endsAt) {
        counts = new Map();
        endsAt = now + MINUTE_MS;
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const [made, ofTool] = [await read(user), await read(`${user} ${tool}`)];
      if (made >= perUserPerMinute || ofTool >= (perToolPerMinute[tool] ?? Infinity)) {
        return { allowed: false, retryAfterMs: endsAt - now };
      }
      counts.set(user, made + 1).set(`${user} ${tool}`, ofTool + 1);
      return { allowed: true };
    },
  };
};
