import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'X-Forwarded-For is what the client wrote into it: a new address for every call is a new budget for every call.';
export const caughtBy = [
  'rl-key-spoof',
  'rl-token-respelling',
  'rl-tool-alias',
  'rl-malformed',
  'rl-race',
  'rl-victim-drain',
  'users-do-not-share',
  'expensive-tools-work',
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
      const now = Date.now();
      if (now >= endsAt) {
        counts.clear();
        endsAt = now + MINUTE_MS;
      }
      const user = String(call.headers['x-forwarded-for'] ?? call.ip);
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
