import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'All tools count alike, so the expensive one may run sixty times a minute.';
export const caughtBy = ['rl-expensive-tool', 'rl-short-window'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute }) => {
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
      const allowed = spend(user, perUserPerMinute);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
