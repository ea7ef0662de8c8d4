import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Sets the CORS headers before it looks at the origin: preflights of strangers are answered with a yes.';
export const caughtBy = ['cors-reflection'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    response.vary('Origin').set({
      'access-control-allow-origin': origin ?? '*',
      'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
      'access-control-expose-headers': 'www-authenticate',
    });
    if (request.method === 'OPTIONS') return void response.sendStatus(204);
    const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return next();
  };
};
