import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'The sentences are fixed, but the name decides, so an outage of the store is told as a city that does not exist.';
export const caughtBy = ['err-false-name'];

const answer = (
  code: string,
  message: string,
  retryable: boolean,
  request_id: string,
): ReturnType<BuildToolError> => ({
  isError: true,
  content: [
    { type: 'text', text: JSON.stringify({ error: { code, message, retryable, request_id } }) },
  ],
});

export const buildToolError: BuildToolError = (error, requestId) => {
  switch (error instanceof Error ? error.name : '') {
    case 'NotFoundError':
      return answer('NOT_FOUND', 'There is no such thing.', false, requestId);
    case 'InsufficientScopeError':
      return answer('INSUFFICIENT_SCOPE', 'A scope is missing.', false, requestId);
    default:
      return rightly(error, requestId);
  }
};
