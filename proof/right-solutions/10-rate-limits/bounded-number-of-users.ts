import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'At most fifty thousand windows are kept, those used last; memory has an upper bound whatever happens.';

const MINUTE_MS = 60_000;
const MOST_WINDOWS = 50_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const windowOf = (key: string, now: number): { count: number; endsAt: number } => {
    let window = windows.get(key);
    if (!window || now >= window.endsAt) window = { count: 0, endsAt: now + MINUTE_MS };
    windows.delete(key);
    windows.set(key, window);
    if (windows.size > MOST_WINDOWS) {
      const [leastRecent] = windows.keys();
      if (leastRecent !== undefined) windows.delete(leastRecent);
    }
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
