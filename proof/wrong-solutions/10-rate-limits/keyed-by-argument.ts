import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'An argument says whose call it is, and the caller writes the arguments.';
export const caughtBy = ['rl-key-spoof', 'rl-victim-drain'];

const MINUTE_MS = 60_000;

function userNamedIn(args: unknown): string | undefined {
  if (typeof args !== 'object' || args === null) return undefined;
  const { user } = args as { user?: unknown };
  return typeof user === 'string' ? user : undefined;
}

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
      const user = userNamedIn(call.arguments) ?? call.actor?.subject ?? 'anonymous';
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};
