import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Handles the errors it knows and leaves the rest to Express, which answers with the stack.';
export const caughtBy = [
  'err-echo',
  'err-leak-http',
  'err-leak-outage',
  'http-errors-say-what-is-wrong',
];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error, request, response, next) => {
    if (error instanceof HttpError) handle(error, request, response, next);
    else next(error);
  };
};
