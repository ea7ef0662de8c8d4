import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The count is compared before this call is added to it, with > where >= was meant: sixty-one calls run.';
export const caughtBy = [
  'rl-burst',
  'rl-key-spoof',
  'rl-token-respelling',
  'rl-tool-alias',
  'rl-expensive-tool',
  'rl-race',
  'rl-short-window',
];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();
  let endsAt = 0;

  const spend = (key: string, limit: number): boolean => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return !(count > limit);
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
        spend(user, perUserPerMinute) &&
        spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
