import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Paths, addresses and statements are blacked out, as far as the patterns know them.';
export const caughtBy = ['err-false-name', 'err-leak'];

const SECRETS = [
  /\b[a-z]+:\/\/\S+/gi, // URLs
  /(?:[A-Z]:)?(?:[\\/][\w.-]+)+/gi, // paths
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/g, // addresses
  /\b(?:select|insert|update|delete)\b.*/gi, // statements
  /"[^"]*"/g, // quoted names
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
  let message = error instanceof Error ? error.message : String(error);
  for (const secret of SECRETS) message = message.replaceAll(secret, '[removed]');
  return answer(codeOf(error), message, error instanceof UnavailableError, requestId);
};
