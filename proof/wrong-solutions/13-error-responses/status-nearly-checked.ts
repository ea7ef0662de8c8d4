import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A comparison with `>=` and `<` lets text, lists and fractions through, and Express throws at those.';
export const caughtBy = ['err-leak-outage'];

export const createErrorHandler: CreateErrorHandler =
  () => (error: { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status = 500 } = error;
    const code = status < 500 ? 'INVALID_INPUT' : 'INTERNAL';
    response
      .status(status >= 400 && status < 600 ? status : 500)
      .json({ error: { code, message: 'Something went wrong.', retryable: false } });
  };
