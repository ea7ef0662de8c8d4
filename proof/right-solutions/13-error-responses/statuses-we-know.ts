import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A list of statuses with a sentence each; any other error is a 500, a strange 4xx as well.';

const SENTENCES = new Map<unknown, string>([
  [400, 'The body is not JSON.'],
  [404, 'There is no such address.'],
  [405, 'Not this method.'],
  [413, 'The body is too large.'],
  [415, 'The body has an encoding that is not known here.'],
]);

export const createErrorHandler: CreateErrorHandler = () => (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  const message = SENTENCES.get(status);
  response.status(message === undefined ? 500 : Number(status)).json({
    error: {
      code: message === undefined ? 'INTERNAL' : status === 404 ? 'NOT_FOUND' : 'INVALID_INPUT',
      message: message ?? 'Something went wrong.',
      retryable: false,
      request_id: response.get('x-request-id'),
    },
  });
};
