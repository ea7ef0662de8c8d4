import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The bucket of a user fills a fiftieth faster than a minute allows, because its rate was rounded.';
export const caughtBy = ['rl-short-window'];

const MINUTE_MS = 60_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: string, capacity: number, now: number) => {
    const { tokens, filledAt } = buckets.get(key) ?? { tokens: capacity, filledAt: now };
    // Tokens a millisecond, to five places: 0.00102 for sixty a minute.
    const rate = Math.ceil((capacity * 102_000) / MINUTE_MS) / 100_000;
    const bucket = { tokens: Math.min(capacity, tokens + (now - filledAt) * rate), filledAt: now };
    return { key, bucket, wait: Math.max(0, (1 - bucket.tokens) / rate) };
  };

  return {
    check({ actor, tool }) {
      const now = performance.now();
      for (const [key, { filledAt }] of buckets) {
        if (now - filledAt < MINUTE_MS) break;
        buckets.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const asked = [bucketOf(user, perUserPerMinute, now)];
      const toolLimit = perToolPerMinute[tool];
      if (toolLimit !== undefined) asked.push(bucketOf(`${user} ${tool}`, toolLimit, now));
      const wait = Math.max(...asked.map((answer) => answer.wait));
      if (wait > 0) return { allowed: false, retryAfterMs: wait };
      for (const { key, bucket } of asked) {
        buckets.delete(key);
        buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 });
      }
      return { allowed: true };
    },
  };
};
