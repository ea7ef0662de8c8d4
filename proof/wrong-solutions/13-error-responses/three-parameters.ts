import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'With three parameters it is no error handler for Express, and errors pass it by.';
export const caughtBy = [
  'err-echo',
  'err-leak-http',
  'err-leak-outage',
  'http-errors-say-what-is-wrong',
];

export const createErrorHandler: CreateErrorHandler = () => (_error, _request, response) => {
  response
    .status(500)
    .json({ error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: false } });
};
