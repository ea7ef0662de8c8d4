import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'A `code` that is one of ours passes for our error, whoever set it.';
export const caughtBy = ['answers-whatever-was-thrown', 'err-false-name'];

const OURS = ['INVALID_INPUT', 'NOT_FOUND', 'INSUFFICIENT_SCOPE'];

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
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  return typeof code === 'string' && OURS.includes(code)
    ? answer(code, String(message), false, requestId)
    : rightly(error, requestId);
};
