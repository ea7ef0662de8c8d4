import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'CORS first, which leaves its header out for strangers, and answers their preflights with nothing allowed; what goes on is refused behind it.';

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const share = cors({
    origin: allowedOrigins,
    credentials: true,
    exposedHeaders: ['WWW-Authenticate', 'Mcp-Session-Id'],
  });
  return (request, response, next) =>
    share(request, response, (error?: unknown) => {
      const { origin } = request.headers;
      const isOurs = origin === undefined || allowedOrigins.includes(origin);
      next(
        error ??
          (isOurs && allowedHosts.includes(request.hostname)
            ? undefined
            : new HttpError(403, 'Forbidden')),
      );
    });
};
