import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Seconds are rounded to the nearest: every other wait ends up to half a second too soon.';
export const caughtBy = ['told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.min(60, Math.max(1, Math.round(retryAfterMs / 1000))),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
