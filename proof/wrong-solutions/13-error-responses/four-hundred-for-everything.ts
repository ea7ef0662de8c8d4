import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Every error is the client’s fault, a missing route and an outage as well.';
export const caughtBy = ['err-leak-outage', 'http-errors-say-what-is-wrong'];

export const createErrorHandler: CreateErrorHandler = () => (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  response
    .status(400)
    .json({ error: { code: 'INVALID_INPUT', message: 'This is no good.', retryable: false } });
};
