import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Every refusal doubles the wait: an agent that retries too soon is out for hours, where a minute was promised.';
export const caughtBy = [
  'rl-burst',
  'works-again-after-a-minute',
  'rl-short-window',
  'told-waits-are-true',
];

const MINUTE_MS = 60_000;

interface Window {
  count: number;
  refused: number;
  endsAt: number;
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, Window>();
  let sweepAt = 0;

  const spend = (key: string, limit: number, now: number): LimitDecision => {
    const window = windows.get(key) ?? { count: 0, refused: 0, endsAt: now + MINUTE_MS };
    windows.set(key, window);
    window.count += 1;
    if (window.count <= limit) return { allowed: true };
    window.endsAt = now + MINUTE_MS * 2 ** window.refused;
    window.refused += 1;
    return { allowed: false, retryAfterMs: window.endsAt - now };
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      if (now >= sweepAt) {
        sweepAt = now + 1000;
        for (const [key, { endsAt }] of windows) if (now >= endsAt) windows.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const decision = spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity, now);
      return decision.allowed ? spend(user, perUserPerMinute, now) : decision;
    },
  };
};
