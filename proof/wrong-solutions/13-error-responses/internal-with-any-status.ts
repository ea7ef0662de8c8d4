import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The status says that the request is at fault, and the body that the server is, and that trying again may help.';
export const caughtBy = ['http-errors-say-what-is-wrong'];

export const createErrorHandler: CreateErrorHandler =
  () => (error: { status?: unknown } | null, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = Number.isInteger(error?.status) ? Number(error?.status) : 500;
    response
      .status(status >= 400 && status <= 499 ? status : 500)
      .json({ error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: true } });
  };
