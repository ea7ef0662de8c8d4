import type {
  BuildToolError,
  CreateErrorHandler,
} from '../../../exercises/weather-server/controls.ts';
import {
  buildToolError as safely,
  createErrorHandler as rightly,
} from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'The stack is only for development, and nobody has told the server that this is production.';
export const caughtBy = [
  'err-echo',
  'err-false-name',
  'err-leak',
  'err-leak-http',
  'err-leak-outage',
];

const isProduction = process.env.NODE_ENV === 'production';

export const buildToolError: BuildToolError = (error, requestId) => {
  const result = safely(error, requestId);
  if (isProduction || !(error instanceof Error)) return result;
  return { ...result, content: [...result.content, { type: 'text', text: error.stack ?? '' }] };
};

export const createErrorHandler: CreateErrorHandler = (config) => {
  const handle = rightly(config);
  return (error: Error & { status?: number }, request, response, next) => {
    if (isProduction || response.headersSent) return void handle(error, request, response, next);
    const status =
      Number.isInteger(error.status) && Number(error.status) < 500 && Number(error.status) >= 400
        ? error.status
        : 500;
    response.status(status ?? 500).json({
      error: {
        code: status === 500 ? 'INTERNAL' : 'INVALID_INPUT',
        stack: error.stack?.split('\n'),
      },
    });
  };
};
