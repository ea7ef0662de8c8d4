import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';
import { createErrorHandler as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'For bad JSON the message of the parser goes out, because it says where the mistake is; it quotes what stands there.';
export const caughtBy = ['err-echo'];

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error, request, response, next) => {
    if (response.headersSent || !(error instanceof SyntaxError)) {
      return void handle(error, request, response, next);
    }
    const { message } = error;
    response.status(400).json({ error: { code: 'INVALID_INPUT', message, retryable: false } });
  };
};
