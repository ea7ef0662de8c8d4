import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';
import { createRateLimiter as rightly } from '../../../solutions/10-rate-limits/rate-limiter.ts';

export const mistake =
  'Only users whose name looks like one of ours are let through; a subject is any string, and the token was verified.';
export const caughtBy = ['serves-odd-names'];

export const createRateLimiter: CreateRateLimiter = (limits) => {
  const limiter = rightly(limits);
  return {
    check: (call) =>
      /^[\w.@-]+$/.test(call.actor?.subject ?? 'anonymous')
        ? limiter.check(call)
        : { allowed: false, retryAfterMs: 60_000 },
  };
};
