import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Programs get JSON, and whoever wants a page gets the one of Express, with the stack in it.';
export const caughtBy = ['err-leak-http'];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error, request, response, next) =>
    request.accepts(['json', 'html']) === 'html'
      ? next(error)
      : handle(error, request, response, next);
};
