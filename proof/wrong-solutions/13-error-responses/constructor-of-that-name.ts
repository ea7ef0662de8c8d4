import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Asks for the name of the class in place of the name of the error; a driver’s class may have that name as well.';
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

export const buildToolError: BuildToolError = (error, requestId) =>
  error instanceof Error && error.constructor.name === 'InvalidInputError'
    ? answer('INVALID_INPUT', error.message, false, requestId)
    : rightly(error, requestId);
