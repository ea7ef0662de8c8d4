import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The seconds are rounded down: a client that waits as long as it is told comes a moment too early and is refused again.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.max(1, Math.floor(retryAfterMs / 1000)),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
