import { setTimeout as pause } from 'node:timers/promises';
import { createRateLimiter as createReference } from '../../../solutions/10-rate-limits/rate-limiter.ts';
import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A call over the limit is held back for up to a minute: its client hears nothing, and the server keeps its connection.';
export const caughtBy = [
  'rl-burst',
  'rl-key-spoof',
  'rl-token-respelling',
  'rl-tool-alias',
  'rl-expensive-tool',
  'rl-race',
  'rl-victim-drain',
  'waiting-as-told-helps',
  'rl-short-window',
  'told-waits-are-true',
];

export const createRateLimiter: CreateRateLimiter = (limits) => {
  const limiter = createReference(limits);
  return {
    async check(call) {
      for (;;) {
        const decision = await limiter.check(call);
        if (decision.allowed) return decision;
        await pause(decision.retryAfterMs);
      }
    },
  };
};
