import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Windows that are over are removed every thousand calls, so that no single call pays for all users.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();
  let calls = 0;

  const spend = (key: string, limit: number): LimitDecision => {
    const now = Date.now();
    let window = windows.get(key);
    if (!window || now >= window.endsAt) {
      window = { count: 0, endsAt: now + MINUTE_MS };
      windows.set(key, window);
    }
    window.count += 1;
    if (window.count <= limit) return { allowed: true };
    return { allowed: false, retryAfterMs: window.endsAt - now };
  };

  return {
    check({ actor, tool }) {
      calls += 1;
      if (calls % 1000 === 0) {
        for (const [key, { endsAt }] of windows) if (Date.now() >= endsAt) windows.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const toolLimit = perToolPerMinute[tool];
      const decision: LimitDecision =
        toolLimit === undefined ? { allowed: true } : spend(`${user} ${tool}`, toolLimit);
      return decision.allowed ? spend(user, perUserPerMinute) : decision;
    },
  };
};
