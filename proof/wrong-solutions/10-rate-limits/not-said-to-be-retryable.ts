import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The refusal looks like any other error: nothing says that the same call will work later.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = { code: 'RATE_LIMITED', retry_after_seconds: Math.ceil(retryAfterMs / 1000) };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
