import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'What is not there is told as an invalid argument, so that a model spells the city in other ways for as long as it may.';
export const caughtBy = ['says-not-found'];

export const buildToolError: BuildToolError = (error, requestId) => {
  const told = error instanceof NotFoundError ? new InvalidInputError('Not acceptable.') : error;
  return rightly(told, requestId);
};
