import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Strict at /mcp only: discovery, registration and tokens are open to every page with a star, and without credentials.';

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const [name = ''] = /^(\[[^\]]*\]|[^:]*)/.exec(host) ?? [];
    if (!allowedHosts.includes(name)) return next(new HttpError(403, 'Forbidden'));
    const isGuarded = /^\/mcp\b/i.test(request.originalUrl);
    if (isGuarded && origin !== undefined && !allowedOrigins.includes(origin)) {
      return next(new HttpError(403, 'Forbidden'));
    }
    response.set('access-control-allow-origin', isGuarded ? (origin ?? '') : '*');
    if (isGuarded) response.vary('Origin');
    response.set('access-control-expose-headers', 'www-authenticate, x-request-id');
    if (request.method !== 'OPTIONS') return next();
    response.set('access-control-allow-headers', '*, authorization');
    return void response.status(204).end();
  };
};
