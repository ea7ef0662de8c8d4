import type { BuildToolError, ErrorCode } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';

export const idea = 'Code and message stand at the top of the JSON, and the request id in `_meta`.';

function codeOf(error: unknown): ErrorCode {
  if (error instanceof InvalidInputError) return 'INVALID_INPUT';
  if (error instanceof NotFoundError) return 'NOT_FOUND';
  if (error instanceof InsufficientScopeError) return 'INSUFFICIENT_SCOPE';
  return 'INTERNAL';
}

export const buildToolError: BuildToolError = (error, requestId) => {
  const code = codeOf(error);
  const body = {
    code,
    message: code === 'INTERNAL' ? 'This did not work.' : (error as Error).message,
    retryable: error instanceof UnavailableError,
  };
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(body, null, 2) }],
    _meta: { 'weather.example/request-id': requestId },
  };
};
