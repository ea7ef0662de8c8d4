import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Windows that are over are removed every thousand calls, so that no single call pays for all users.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows = new Map<string, { count: number; endsAt: number }>();
  let calls = 0;

  const windowOf = (key: string, now: number): { count: number; endsAt: number } => {
    let window = windows.get(key);
    if (!window || now >= window.endsAt) {
      window = { count: 0, endsAt: now + MINUTE_MS };
      windows.set(key, window);
    }
    return window;
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      calls += 1;
      if (calls % 1000 === 0) {
        for (const [key, { endsAt }] of windows) if (now >= endsAt) windows.delete(key);
      }
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
