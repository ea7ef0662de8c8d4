import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../exercises/weather-server/errors.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Lets errors of its own making pass and throws the others on; the SDK then answers with their message.';
export const caughtBy = [
  'answers-whatever-was-thrown',
  'err-false-name',
  'err-leak',
  'request-id-finds-the-entry',
  'says-when-to-try-again',
];

export const buildToolError: BuildToolError = (error, requestId) => {
  const isOurs =
    error instanceof InvalidInputError ||
    error instanceof NotFoundError ||
    error instanceof InsufficientScopeError ||
    error instanceof UnavailableError;
  if (!isOurs) throw error;
  return rightly(error, requestId);
};
