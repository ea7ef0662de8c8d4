import type { BuildRateLimitedResult, CreateRateLimiter } from '../weather-server/controls.ts';

// This is the course module's limiter. Today it counts per address, as the client itself states it,
// allows 100 calls where 60 are promised, has no limit for a single tool, and keeps every window it
// ever opened. And its answer rounds the waiting time down to nothing.

// TODO 10: Allow `limits.perUserPerMinute` calls to each user in a minute, and of a tool that
// `limits.perToolPerMinute` names no more than that. Every call counts, also one that makes no
// sense. Count under what was verified (`call.actor`), decide and count in one step, and forget
// users whose minute is over.
export const createRateLimiter: CreateRateLimiter = () => {
  const windows = new Map<string, { count: number; resetAt: number }>();
  return {
    check(call) {
      const key = String(call.headers['x-forwarded-for'] ?? call.ip);
      const now = Date.now();
      const window = windows.get(key);
      if (!window || now > window.resetAt) {
        windows.set(key, { count: 1, resetAt: now + 60_000 });
        return { allowed: true };
      }
      if (window.count >= 100) return { allowed: false, retryAfterMs: window.resetAt - now };
      window.count++;
      return { allowed: true };
    },
  };
};

// TODO 10: Say when to try again, in whole seconds from 1 to 60, after which a call succeeds.
export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.floor(retryAfterMs / 60_000),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
