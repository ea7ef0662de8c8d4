import type { BuildToolError, ErrorBody } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'The answer says nothing about the cause, and nothing about where to look for it either.';
export const caughtBy = ['request-id-finds-the-entry'];

export const buildToolError: BuildToolError = (error, requestId) => {
  const result = rightly(error, requestId);
  const [first] = result.content;
  const { code, message, retryable } = (
    JSON.parse(first?.type === 'text' ? first.text : '{}') as ErrorBody
  ).error;
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify({ error: { code, message, retryable } }) }],
  };
};
