import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Long waits are rounded up to tens, and short ones to the nearest second: every other of these ends up to half a second too soon.';
export const caughtBy = ['told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const seconds =
    retryAfterMs > 30_000
      ? 10 * Math.ceil(retryAfterMs / 10_000)
      : Math.max(1, Math.round(retryAfterMs / 1000));
  const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: seconds };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
