import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'The status is right and the body is an empty object: a program finds nothing to show or to log.';
export const caughtBy = [
  'err-echo',
  'err-leak-http',
  'err-leak-outage',
  'http-errors-say-what-is-wrong',
];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error: unknown, request, response, next) => {
    const send = response.send.bind(response);
    response.send = () => send('{}');
    handle(error, request, response, next);
  };
};
