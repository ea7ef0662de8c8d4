import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Copies the headers that some errors carry, as Express does, and with them what another server said.';
export const caughtBy = ['err-leak-outage'];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error: { headers?: Record<string, string> }, request, response, next) => {
    if (!response.headersSent) response.set(error.headers ?? {});
    handle(error, request, response, next);
  };
};
