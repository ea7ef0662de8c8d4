import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'Says that the input is invalid, and not which part of it.';
export const caughtBy = ['names-the-bad-argument'];

export const buildToolError: BuildToolError = (error, requestId) =>
  rightly(
    error instanceof InvalidInputError ? new InvalidInputError('Invalid input.') : error,
    requestId,
  );
