import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A refused call begins the minute anew, but the answer still names the old end: who waits as told is refused again.';
export const caughtBy = ['waiting-as-told-helps', 'told-waits-are-true'];

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const spend = (key: string, limit: number): LimitDecision => {
    const now = Date.now();
    for (const [other, { endsAt }] of windows) if (now >= endsAt) windows.delete(other);
    const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
    windows.set(key, window);
    window.count += 1;
    if (window.count <= limit) return { allowed: true };
    const retryAfterMs = window.endsAt - now;
    window.endsAt = now + MINUTE_MS; // as long as it goes on, it stays out
    return { allowed: false, retryAfterMs };
  };

  return {
    check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const decision = spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity);
      return decision.allowed ? spend(user, perUserPerMinute) : decision;
    },
  };
};
