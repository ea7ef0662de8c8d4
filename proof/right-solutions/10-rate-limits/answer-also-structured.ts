import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The refusal comes as structured content too, with more members than the convention asks for, and text for people first.';

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const seconds = Math.min(60, Math.max(1, Math.ceil(retryAfterMs / 1000)));
  const refusal = {
    code: 'RATE_LIMITED',
    message: 'Too many calls.',
    retryable: true,
    retry_after_seconds: seconds,
    retry_at: new Date(Date.now() + seconds * 1000).toISOString(),
  };
  return {
    isError: true,
    content: [
      { type: 'text', text: `Too many calls. Try again in ${seconds} seconds.` },
      { type: 'text', text: JSON.stringify(refusal) },
    ],
    structuredContent: { error: refusal },
  };
};
