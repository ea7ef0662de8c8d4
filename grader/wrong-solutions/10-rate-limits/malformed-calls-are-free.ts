import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';
import { createRateLimiter as countEveryCall } from '../../../solutions/10-rate-limits/rate-limiter.ts';

export const mistake =
  'Calls whose arguments are no object will be refused anyway, and so are let through uncounted.';
export const caughtBy = ['rl-malformed'];

export const createRateLimiter: CreateRateLimiter = (limits) => {
  const limiter = countEveryCall(limits);
  return {
    check(call) {
      const { arguments: args } = call;
      const isCall = typeof args === 'object' && args !== null && !Array.isArray(args);
      return isCall ? limiter.check(call) : { allowed: true };
    },
  };
};
