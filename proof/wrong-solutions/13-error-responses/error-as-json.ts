import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'The error is sent as JSON, which looks empty in a test, and holds whatever members a library has given it.';
export const caughtBy = ['err-echo', 'err-leak-outage'];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error: { status?: unknown }, request, response, next) => {
    if (response.headersSent) return next(error);
    const send = response.send.bind(response);
    response.send = (text: string) =>
      send(JSON.stringify({ ...(JSON.parse(text) as object), details: error }));
    handle(error, request, response, next);
  };
};
