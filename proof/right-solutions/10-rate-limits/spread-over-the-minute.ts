import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Of callers refused at one moment no two need come back at the same: each is told a time of its own between the first possible second and the last.';

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const soonest = Math.min(60, Math.max(1, Math.ceil(retryAfterMs / 1000)));
  const seconds = soonest + Math.floor(Math.random() * (61 - soonest));
  const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: seconds };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
