import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';

export const mistake = 'Long messages are cut, on the theory that secrets stand at the end.';
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

export const buildToolError: BuildToolError = (error, requestId) => {
  const code = codeOf(error);
  const message = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
  return answer(
    code,
    code === 'INTERNAL' ? `${message.slice(0, 40)}…` : message,
    error instanceof UnavailableError,
    requestId,
  );
};
