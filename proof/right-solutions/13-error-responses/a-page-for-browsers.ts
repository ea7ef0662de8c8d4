import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const idea =
  'Whoever asks for HTML and not for JSON gets a page, without a word of the error in it.';

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error: unknown, request, response, next) => {
    if (response.headersSent || request.accepts(['json', 'html']) !== 'html') {
      handle(error, request, response, next);
      return;
    }
    const claimed = (error as { status?: unknown } | null)?.status;
    const isMissing = claimed === 404;
    response
      .status(isMissing ? 404 : 500)
      .send(`<!doctype html><h1>${isMissing ? 'Not found' : 'Something went wrong'}</h1>`);
  };
};
