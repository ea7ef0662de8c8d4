import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'http-errors mark what may be shown with `expose`, and the body parser marks messages that quote the body.';
export const caughtBy = ['err-echo', 'err-leak-outage'];

export const createErrorHandler: CreateErrorHandler =
  () => (error: Error & { status?: number; expose?: boolean }, _request, response, next) => {
    if (response.headersSent) return next(error);
    const isStatus = Number.isInteger(error.status) && error.status! >= 400 && error.status! <= 499;
    const message = error.expose === true ? error.message : 'Something is wrong.';
    response.status(isStatus ? error.status! : 500).json({
      error: { code: isStatus ? 'INVALID_INPUT' : 'INTERNAL', message, retryable: false },
    });
  };
