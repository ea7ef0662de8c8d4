import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Looks at how an origin ends, so as to let subdomains in: xapp.example is somebody else’s.';
export const caughtBy = ['cors-reflection', 'origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const isOurs = (origin: string): boolean =>
    allowedOrigins.some((allowed) => origin.endsWith(allowed.replace('https://', '')));
  const answerCors = cors({
    origin: (origin, answer) => answer(null, origin !== undefined && isOurs(origin)),
    exposedHeaders: ['WWW-Authenticate'],
  });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const name = host.replace(/:\d*$/, '');
    if (!allowedHosts.includes(name) || (origin !== undefined && !isOurs(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
