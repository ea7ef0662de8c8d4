import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Refused calls are counted as well, but the answer promises a call when the oldest one leaves the window; by then the refused ones fill it.';
export const caughtBy = ['rl-burst', 'told-waits-are-true'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const calls = new Map<string, number[]>();

  const spend = (key: string, limit: number, now: number): LimitDecision => {
    const recent = (calls.get(key) ?? []).filter((time) => time > now - MINUTE_MS);
    calls.delete(key);
    calls.set(key, [...recent, now]);
    const [oldest = now] = recent;
    if (recent.length < limit) return { allowed: true };
    return { allowed: false, retryAfterMs: oldest + MINUTE_MS - now };
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      for (const [user, times] of calls) {
        if ((times.at(-1) ?? 0) > now - MINUTE_MS) break;
        calls.delete(user);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const decision = spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity, now);
      return decision.allowed ? spend(user, perUserPerMinute, now) : decision;
    },
  };
};
