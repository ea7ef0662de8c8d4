import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';
import { createRateLimiter as rightly } from '../../../solutions/10-rate-limits/rate-limiter.ts';

export const mistake =
  'Every session of a user has sixty calls of its own, and the client says which session it is.';
export const caughtBy = ['rl-key-spoof'];

export const createRateLimiter: CreateRateLimiter = (limits) => {
  const limiter = rightly(limits);
  return {
    check(call) {
      const session = call.headers['mcp-session-id'];
      if (!call.actor || session === undefined) return limiter.check(call);
      const subject = JSON.stringify([call.actor.subject, session]);
      return limiter.check({ ...call, actor: { ...call.actor, subject } });
    },
  };
};
