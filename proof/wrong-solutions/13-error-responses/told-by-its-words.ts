import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'Messages that sound like one of ours are taken for ours.';
export const caughtBy = ['err-false-name', 'err-leak', 'says-when-to-try-again'];

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
  const message = error instanceof Error ? error.message : '';
  if (/invalid|not acceptable/i.test(message)) {
    return answer('INVALID_INPUT', message, false, requestId);
  }
  if (/not found|there is no|^no /i.test(message)) {
    return answer('NOT_FOUND', message, false, requestId);
  }
  return rightly(error, requestId);
};
