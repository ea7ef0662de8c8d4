import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'JSON-RPC errors travel with 200 at other servers, and here every error does.';
export const caughtBy = [
  'err-echo',
  'err-leak-http',
  'err-leak-outage',
  'http-errors-say-what-is-wrong',
];

export const createErrorHandler: CreateErrorHandler = () => (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  response.json({ jsonrpc: '2.0', id: null, error: { code: -32603, message: 'Internal error' } });
};
