import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The key of a tool is the key of its user, a colon and the tool, and a subject may hold a colon: two users meet in one count.';
export const caughtBy = ['rl-victim-drain'];

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
      const user = `${actor?.issuer}:${actor?.subject}`;
      const toolLimit = perToolPerMinute[tool];
      const decision: LimitDecision =
        toolLimit === undefined ? { allowed: true } : spend(`${user}:${tool}`, toolLimit);
      return decision.allowed ? spend(user, perUserPerMinute) : decision;
    },
  };
};
