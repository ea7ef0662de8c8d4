import type { BuildRateLimitedResult } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The refusal is a sentence for people; a program finds neither the code nor the seconds in it.';
export const caughtBy = ['rl-burst', 'waiting-as-told-helps', 'told-waits-are-true'];

export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const seconds = Math.ceil(retryAfterMs / 1000);
  const text = `Rate limit exceeded. Please try again in ${seconds} seconds.`;
  return { isError: true, content: [{ type: 'text', text }] };
};
