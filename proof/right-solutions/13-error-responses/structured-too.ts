import { randomUUID } from 'node:crypto';
import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A sentence for people first, then the error as structured content with a few members more.';

function codeOf(error: unknown): ErrorCode {
  if (error instanceof InvalidInputError) return 'INVALID_INPUT';
  if (error instanceof NotFoundError) return 'NOT_FOUND';
  if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
  return 'INTERNAL';
}

const SENTENCES: Record<string, string> = {
  INVALID_INPUT: 'Please correct the arguments.',
  NOT_FOUND: 'This does not exist.',
  INSUFFICIENT_SCOPE: 'The user has not allowed this.',
  INTERNAL: 'Sorry, this did not work.',
};

export const buildToolError: BuildToolError = (error, requestId) => {
  const code = codeOf(error);
  const details = {
    code,
    message: error instanceof InvalidInputError ? error.message : SENTENCES[code],
    retryable: error instanceof UnavailableError,
    request_id: requestId,
    ...(error instanceof InsufficientScopeError ? { scopes: error.scopes } : {}),
    at: new Date().toISOString(),
    incident: randomUUID(),
  };
  return {
    isError: true,
    content: [{ type: 'text', text: SENTENCES[code] ?? '' }],
    structuredContent: { error: details },
  };
};
