import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Errors are known by their names, and a driver’s error may be called NotFoundError too.';
export const caughtBy = ['err-false-name'];

const CODES: Record<string, ErrorCode> = {
  InvalidInputError: 'INVALID_INPUT',
  NotFoundError: 'NOT_FOUND',
  InsufficientScopeError: 'INSUFFICIENT_SCOPE',
};

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
  const code = error instanceof Error && Object.hasOwn(CODES, error.name) && CODES[error.name];
  return code ? answer(code, error.message, false, requestId) : rightly(error, requestId);
};
