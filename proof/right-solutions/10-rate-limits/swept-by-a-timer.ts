import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A timer removes windows that are over, every five minutes, and does not keep the process alive.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();

  const windowOf = (key: string, now: number): { count: number; endsAt: number } => {
    let window = windows.get(key);
    if (!window || now >= window.endsAt) {
      window = { count: 0, endsAt: now + MINUTE_MS };
      windows.set(key, window);
    }
    return window;
  };

  setInterval(() => {
    const now = Date.now();
    for (const [key, { endsAt }] of windows) if (now >= endsAt) windows.delete(key);
  }, 5 * MINUTE_MS).unref();

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
