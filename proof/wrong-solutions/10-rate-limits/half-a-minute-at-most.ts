import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'No client is asked to wait for more than half a minute, which is friendly, and for calls just made not true.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.min(30, Math.max(1, Math.ceil(retryAfterMs / 1000))),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
