import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'A 4xx is the client’s own fault, so its message goes out; the parser’s message quotes the body.';
export const caughtBy = ['err-echo', 'err-leak-outage'];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error: Error & { status?: unknown }, request, response, next) => {
    const { status } = error;
    const isTheirs = Number.isInteger(status) && Number(status) >= 400 && Number(status) < 500;
    if (!isTheirs || response.headersSent) return void handle(error, request, response, next);
    response.status(Number(status)).json({
      error: { code: 'INVALID_INPUT', message: error.message, retryable: false },
    });
  };
};
