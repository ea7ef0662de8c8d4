import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Writes the whole list into Access-Control-Allow-Origin, which takes one origin: browsers take none of two.';
export const caughtBy = ['pages-of-ours-read-answers', 'pages-of-ours-sign-in'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    response.set({
      'access-control-allow-origin': [...allowedOrigins, 'http://localhost:5173'].join(', '),
      'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
      'access-control-expose-headers': 'www-authenticate',
    });
    return request.method === 'OPTIONS' ? void response.sendStatus(204) : next();
  };
};
