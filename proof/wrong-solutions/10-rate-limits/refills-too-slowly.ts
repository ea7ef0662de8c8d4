import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The bucket holds sixty calls and gets back one every ten seconds: who has emptied it once has six calls a minute from then on.';
export const caughtBy = ['works-again-after-a-minute'];

const REFILL_MS = 10_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const buckets = new Map<string, Bucket>();
  const fullAfterMs = perUserPerMinute * REFILL_MS;

  const fill = (key: string, capacity: number, now: number): Bucket => {
    const { tokens, filledAt } = buckets.get(key) ?? { tokens: capacity, filledAt: now };
    return { tokens: Math.min(capacity, tokens + (now - filledAt) / REFILL_MS), filledAt: now };
  };

  return {
    check({ actor, tool }) {
      const now = performance.now();
      for (const [key, { filledAt }] of buckets) {
        if (now - filledAt < fullAfterMs) break; // every later one was used later
        buckets.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const limits = new Map([[user, perUserPerMinute]]);
      const toolLimit = perToolPerMinute[tool];
      if (toolLimit !== undefined) limits.set(`${user} ${tool}`, toolLimit);

      const asked = [...limits].map(([key, limit]) => ({ key, bucket: fill(key, limit, now) }));
      const fewest = Math.min(...asked.map(({ bucket }) => bucket.tokens));
      if (fewest < 1) return { allowed: false, retryAfterMs: (1 - fewest) * REFILL_MS };
      for (const { key, bucket } of asked) {
        buckets.delete(key);
        buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 });
      }
      return { allowed: true };
    },
  };
};
