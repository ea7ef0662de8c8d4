import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The milliseconds go out under a name that says seconds: a client that believes it waits for most of a day.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: retryAfterMs };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
