import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Two counters instead of sixty times: the minute before counts for the part of it that a sliding window would still see.';

const MINUTE_MS = 60_000;

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  let startedAt = Date.now();
  let before = new Map<string, number>();
  let current = new Map<string, number>();

  const slide = (now: number): void => {
    const minutes = Math.floor((now - startedAt) / MINUTE_MS);
    if (minutes === 0) return;
    before = minutes === 1 ? current : new Map();
    current = new Map();
    startedAt += minutes * MINUTE_MS;
  };

  /** 0 if there is room; otherwise the time until there is. */
  const waitFor = (key: string, limit: number, now: number): number => {
    const elapsed = now - startedAt;
    const made = current.get(key) ?? 0;
    // The millisecond of this call is over when the next window begins.
    const weighted = (before.get(key) ?? 0) * (1 - (elapsed + 1) / MINUTE_MS);
    if (made + weighted < limit) return 0;
    if (made >= limit) return MINUTE_MS - elapsed;
    return MINUTE_MS * (1 - (limit - made) / (before.get(key) ?? 0)) - elapsed;
  };

  return {
    check({ actor, tool }) {
      const now = Date.now();
      slide(now);
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const ofTool = `${user} ${tool}`;
      const wait = Math.max(
        waitFor(user, perUserPerMinute, now),
        waitFor(ofTool, perToolPerMinute[tool] ?? Infinity, now),
      );
      if (wait > 0) return { allowed: false, retryAfterMs: wait };
      for (const key of [user, ofTool]) current.set(key, (current.get(key) ?? 0) + 1);
      return { allowed: true };
    },
  };
};
