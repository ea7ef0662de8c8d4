import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Errors of HTTP are JSON-RPC errors without an id: −32700 for what cannot be parsed, −32603 for a bug.';

export const createErrorHandler: CreateErrorHandler =
  () => (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const claimed = (error as { status?: unknown } | null)?.status;
    const isTheirs = Number.isInteger(claimed) && Number(claimed) >= 400 && Number(claimed) <= 499;
    const status = isTheirs ? Number(claimed) : 500;
    const [code, message] =
      status === 400
        ? [-32700, 'Parse error']
        : isTheirs
          ? [-32600, 'Invalid request']
          : [-32603, 'Internal error'];
    response.status(status).json({
      jsonrpc: '2.0',
      id: null,
      error: { code, message, data: { request_id: response.get('x-request-id') } },
    });
  };
