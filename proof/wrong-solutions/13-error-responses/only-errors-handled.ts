import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Errors are handled with care, and a text that was thrown goes out as it is.';
export const caughtBy = ['err-leak'];

export const buildToolError: BuildToolError = (error, requestId) => {
  if (error instanceof Error) return rightly(error, requestId);
  const body = {
    code: 'INTERNAL',
    message: String(error),
    retryable: false,
    request_id: requestId,
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: body }) }] };
};
