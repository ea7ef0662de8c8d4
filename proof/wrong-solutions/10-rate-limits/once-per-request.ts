import type {
  CreateRateLimiter,
  RequireSingleMessage,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A request is counted once, however many calls arrive in it, and batches are accepted.';
export const caughtBy = ['rl-batch'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
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
        seen.clear();
        endsAt = now + MINUTE_MS;
      }
      if (seen.has(call.requestId)) return { allowed: true };
      seen.add(call.requestId);
      const user = call.actor?.subject ?? 'anonymous';
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};

export const requireSingleMessage: RequireSingleMessage = () => undefined;
