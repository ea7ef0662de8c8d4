import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A bucket for each user and one for each limited tool of theirs; they refill all the time, and a full bucket need not be kept.';

const MINUTE_MS = 60_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const buckets = new Map<string, Bucket>();

  const waitFor = (
    key: string,
    capacity: number,
    now: number,
  ): { bucket: Bucket; wait: number } => {
    const { tokens, filledAt } = buckets.get(key) ?? { tokens: capacity, filledAt: now };
    const refilled = tokens + ((now - filledAt) * capacity) / MINUTE_MS;
    const bucket = { tokens: Math.min(capacity, refilled), filledAt: now };
    return { bucket, wait: Math.max(0, ((1 - bucket.tokens) * MINUTE_MS) / capacity) };
  };

  return {
    check({ actor, tool }) {
      const now = performance.now();
      for (const [key, { filledAt }] of buckets) {
        if (now - filledAt < MINUTE_MS) break; // every later one was used later
        buckets.delete(key);
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const limits = new Map([[user, perUserPerMinute]]);
      const toolLimit = perToolPerMinute[tool];
      if (toolLimit !== undefined) limits.set(`${user} ${tool}`, toolLimit);

      const asked = [...limits].map(([key, limit]) => ({ key, ...waitFor(key, limit, now) }));
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
