import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Nothing leaks, but the answer is an HTML page, and the readers of this server are programs.';
export const caughtBy = [
  'err-echo',
  'err-leak-http',
  'err-leak-outage',
  'http-errors-say-what-is-wrong',
];

export const createErrorHandler: CreateErrorHandler =
  () => (error: { status?: unknown }, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = Number.isInteger(error.status) ? Number(error.status) : 500;
    response
      .status(status >= 400 && status < 500 ? status : 500)
      .send('<!doctype html><title>Error</title><h1>Something went wrong</h1>');
  };
