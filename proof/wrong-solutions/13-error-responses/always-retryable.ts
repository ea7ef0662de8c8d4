import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
} from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Everything may be tried again, also what can never succeed; agents do as they are told.';
export const caughtBy = [
  'names-the-bad-argument',
  'says-not-found',
  'says-what-scope-lacks',
  'says-when-to-try-again',
];

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
  const message = error instanceof Error && code !== 'INTERNAL' ? error.message : 'Try again.';
  return answer(code, message, true, requestId);
};
