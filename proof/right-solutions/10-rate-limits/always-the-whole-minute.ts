import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const idea = 'The answer always says sixty seconds: longer than needed, and true.';

export const buildRateLimitedResult: BuildRateLimitedResult = () => {
  const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: 60 };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
