import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A fixed window for each user, from the first call on; windows that are over are removed in the order they began.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const windowOf = (key: string, now: number): { count: number; endsAt: number } => {
    for (const [other, { endsAt }] of windows) {
      if (now < endsAt) break;
      windows.delete(other);
    }
    const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
    windows.set(key, window);
    return window;
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const asked = [{ window: windowOf(user, now), limit: perUserPerMinute }];
      const toolLimit = perToolPerMinute[tool];
      if (toolLimit !== undefined) {
        asked.push({ window: windowOf(`${user} ${tool}`, now), limit: toolLimit });
      }
      const full = asked.filter(({ window, limit }) => window.count >= limit);
      if (full.length > 0) {
        const retryAfterMs = Math.max(...full.map(({ window }) => window.endsAt - now));
        return { allowed: false, retryAfterMs };
      }
      for (const { window } of asked) window.count += 1;
      return { allowed: true };
    },
  };
};
