import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The answer names the wait of the first limit that is used up, and another one lasts longer.';
export const caughtBy = ['told-waits-are-true'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const spend = (key: string, limit: number): LimitDecision => {
    const now = Date.now();
    for (const [other, { endsAt }] of windows) {
      if (now < endsAt) break;
      windows.delete(other);
    }
    const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
    windows.set(key, window);
    window.count += 1;
    if (window.count <= limit) return { allowed: true };
    return { allowed: false, retryAfterMs: window.endsAt - now };
  };

  return {
    check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const decision = spend(user, perUserPerMinute);
      const toolLimit = perToolPerMinute[tool];
      if (toolLimit === undefined) return decision;
      const ofTool = spend(`${user} ${tool}`, toolLimit);
      return decision.allowed ? ofTool : decision;
    },
  };
};
