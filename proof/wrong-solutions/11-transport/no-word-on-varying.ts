import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Answers differently to each origin and does not say so with Vary: a cache hands one page the answer to another.';
export const caughtBy = ['pages-of-ours-sign-in'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    if (origin === undefined) return next();
    response.set({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
      'access-control-expose-headers': 'www-authenticate',
    });
    return request.method === 'OPTIONS' ? void response.sendStatus(204) : next();
  };
};
