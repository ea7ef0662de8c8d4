import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'Messages without slashes, quotes and digits look harmless and pass.';
export const caughtBy = ['err-false-name', 'err-leak'];

const isOurs = (error: unknown): boolean =>
  [InsufficientScopeError, InvalidInputError, NotFoundError, UnavailableError].some(
    (kind) => error instanceof kind,
  );

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
  const looksTechnical = /[/\\"{}:@=]|\b(?:select|from|insert|table)\b/i.test(message);
  return message && message.length < 80 && !looksTechnical && !isOurs(error)
    ? answer('INTERNAL', message, false, requestId)
    : rightly(error, requestId);
};
