import { createHash } from 'node:crypto';
import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Calls are counted by token: a user can ask for new ones, and can spell each of them in sixteen ways.';
export const caughtBy = ['rl-token-respelling'];

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
      const user = createHash('sha256')
        .update(call.token ?? '')
        .digest('base64url');
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
