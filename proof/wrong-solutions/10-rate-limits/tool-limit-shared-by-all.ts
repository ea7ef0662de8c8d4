import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The limit of the expensive tool is counted for all users together, so ten pings of one close it for the others.';
export const caughtBy = ['expensive-tools-work', 'rl-victim-drain'];

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
      const user = call.actor?.subject ?? 'anonymous';
      const allowed =
        spend(user, perUserPerMinute) && spend(call.tool, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
