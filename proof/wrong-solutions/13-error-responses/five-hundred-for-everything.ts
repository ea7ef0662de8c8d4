import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Every error is a 500, so that a typing error looks like an outage.';
export const caughtBy = ['err-echo', 'err-leak-http', 'http-errors-say-what-is-wrong'];

export const createErrorHandler: CreateErrorHandler = () => (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  response
    .status(500)
    .json({ error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: true } });
};
