import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Refused calls count as well, and the answer names the time when few enough of all of them are left.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const calls = new Map<string, number[]>();

  const spend = (key: string, limit: number, now: number): LimitDecision => {
    const recent = (calls.get(key) ?? []).filter((time) => time > now - MINUTE_MS);
    recent.push(now);
    // Older ones than the latest that fill the window decide nothing any more.
    const kept = recent.slice(-limit - 1);
    calls.delete(key);
    calls.set(key, kept);
    if (kept.length <= limit) return { allowed: true };
    return { allowed: false, retryAfterMs: (kept[1] ?? now) + MINUTE_MS - now };
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      for (const [key, times] of calls) {
        if ((times.at(-1) ?? 0) > now - MINUTE_MS) break;
        calls.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const toolLimit = perToolPerMinute[tool];
      const decisions = [spend(user, perUserPerMinute, now)];
      if (toolLimit !== undefined) decisions.push(spend(`${user} ${tool}`, toolLimit, now));
      const waits = decisions.map((decision) => (decision.allowed ? 0 : decision.retryAfterMs));
      const retryAfterMs = Math.max(...waits);
      return retryAfterMs > 0 ? { allowed: false, retryAfterMs } : { allowed: true };
    },
  };
};
