import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Whatever stands in `status` becomes the status, also 200, 999 and a text.';
export const caughtBy = ['err-leak-outage'];

export const createErrorHandler: CreateErrorHandler =
  () => (error: { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status = 500 } = error;
    const code = status < 500 ? 'INVALID_INPUT' : 'INTERNAL';
    response
      .status(status)
      .json({ error: { code, message: 'Something went wrong.', retryable: false } });
  };
