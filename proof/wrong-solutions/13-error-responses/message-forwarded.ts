import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The answer has every member it should have, and the message is still whatever was thrown.';
export const caughtBy = ['err-false-name', 'err-leak'];

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

export const buildToolError: BuildToolError = (error, requestId) =>
  answer(
    codeOf(error),
    error instanceof Error ? error.message : 'Something went wrong.',
    error instanceof UnavailableError,
    requestId,
  );
