import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A timer removes windows that are over, every five minutes, and does not keep the process alive.';

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

  setInterval(() => {
    const now = Date.now();
    for (const [key, { endsAt }] of windows) if (now >= endsAt) windows.delete(key);
  }, 5 * MINUTE_MS).unref();

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
