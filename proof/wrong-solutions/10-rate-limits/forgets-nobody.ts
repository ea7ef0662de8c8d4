import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A window is renewed when its user calls again, and kept for ever if not: memory grows with every user ever seen.';
export const caughtBy = ['rl-key-flood'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

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
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const toolLimit = perToolPerMinute[tool];
      const decision: LimitDecision =
        toolLimit === undefined ? { allowed: true } : spend(`${user} ${tool}`, toolLimit);
      return decision.allowed ? spend(user, perUserPerMinute) : decision;
    },
  };
};
