import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Looks at how Host begins, because of the port: localhost.evil.example begins that way.';
export const caughtBy = ['host-rebinding'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isOurs = allowedHosts.some((name) => host.startsWith(name));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
