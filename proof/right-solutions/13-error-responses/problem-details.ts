import { STATUS_CODES } from 'node:http';
import type { CreateErrorHandler } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Errors of HTTP are problem details (RFC 9457): type, title, status and instance.';

export const createErrorHandler: CreateErrorHandler =
  () => (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const claimed = (error as { status?: unknown } | null)?.status;
    const status =
      typeof claimed === 'number' && Number.isInteger(claimed) && claimed >= 400 && claimed <= 499
        ? claimed
        : 500;
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: STATUS_CODES[status] ?? 'Error',
          status,
          instance: request.originalUrl,
          request_id: response.get('x-request-id'),
        }),
      );
  };
