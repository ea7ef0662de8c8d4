import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Whatever is left of the minute, the answer says one second: a client that believes it is refused again and again.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = () => {
  const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: 1 };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
