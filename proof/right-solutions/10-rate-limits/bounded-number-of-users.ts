import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'At most fifty thousand windows are kept, those used last; memory has an upper bound whatever happens.';

const MINUTE_MS = 60_000;
const MOST_WINDOWS = 50_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const spend = (key: string, limit: number): LimitDecision => {
    const now = Date.now();
    let window = windows.get(key);
    if (!window || now >= window.endsAt) window = { count: 0, endsAt: now + MINUTE_MS };
    windows.delete(key);
    windows.set(key, window);
    if (windows.size > MOST_WINDOWS) {
      const [leastRecent] = windows.keys();
      if (leastRecent !== undefined) windows.delete(leastRecent);
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
