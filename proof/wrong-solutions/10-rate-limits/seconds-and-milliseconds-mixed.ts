import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The time is in seconds and the length of the window in milliseconds: the minute lasts for sixteen hours.';
export const caughtBy = [
  'rl-burst',
  'rl-key-flood',
  'works-again-after-a-minute',
  'waiting-as-told-helps',
  'rl-victim-drain',
  'told-waits-are-true',
];

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
      const now = Math.floor(Date.now() / 1000);
      if (now >= endsAt) {
        counts.clear();
        endsAt = now + MINUTE_MS;
      }
      const user = call.actor?.subject ?? 'anonymous';
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: (endsAt - now) * 1000 };
    },
  };
};
