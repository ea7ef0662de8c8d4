import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Zero seconds is the advice to try again at once, and the refusals become more than the calls ever were.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.floor(retryAfterMs / 60_000),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
