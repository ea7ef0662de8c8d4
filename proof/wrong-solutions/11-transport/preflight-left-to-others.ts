import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Sets the header, and lets preflights go on to where a token is asked for: a browser has none to send with them.';
export const caughtBy = ['pages-of-ours-read-answers', 'pages-of-ours-sign-in'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    response.vary('Origin').set('access-control-expose-headers', 'WWW-Authenticate');
    if (origin) response.set('access-control-allow-origin', origin);
    return next();
  };
};
