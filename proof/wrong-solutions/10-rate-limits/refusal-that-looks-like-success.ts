import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'The refusal lacks isError, so an agent takes it for the weather.';
export const caughtBy = ['rl-burst', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.ceil(retryAfterMs / 1000),
  };
  return { content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
