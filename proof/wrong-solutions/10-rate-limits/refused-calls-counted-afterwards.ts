import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A refused call is counted, but only after its wait was worked out: the wait ends in a minute that the refused calls fill.';
export const caughtBy = ['told-waits-are-true'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const calls = new Map<string, number[]>();

  const spend = (key: string, limit: number, now: number): LimitDecision => {
    const recent = (calls.get(key) ?? []).filter((time) => now - time < MINUTE_MS);
    const oldest = recent.at(-limit);
    recent.push(now);
    calls.delete(key);
    calls.set(key, recent.slice(-limit));
    if (oldest === undefined) return { allowed: true };
    return { allowed: false, retryAfterMs: oldest + MINUTE_MS - now };
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      for (const [key, times] of calls) {
        if (now - (times.at(-1) ?? 0) < MINUTE_MS) break;
        calls.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const toolLimit = perToolPerMinute[tool];
      const decision: LimitDecision =
        toolLimit === undefined ? { allowed: true } : spend(`${user} ${tool}`, toolLimit, now);
      return decision.allowed ? spend(user, perUserPerMinute, now) : decision;
    },
  };
};
