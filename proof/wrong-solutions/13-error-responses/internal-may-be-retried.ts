import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
} from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'An error that nobody expected is said to pass: an agent tries again, and meets the same bug for ever.';
export const caughtBy = ['says-when-to-try-again'];

function codeOf(error: unknown): ErrorCode {
  if (error instanceof InvalidInputError) return 'INVALID_INPUT';
  if (error instanceof NotFoundError) return 'NOT_FOUND';
  if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
  return 'INTERNAL';
}

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
  const code = codeOf(error);
  const message =
    error instanceof InvalidInputError || error instanceof NotFoundError
      ? error.message
      : 'This call did not succeed.';
  return answer(code, message, code === 'INTERNAL', requestId);
};
