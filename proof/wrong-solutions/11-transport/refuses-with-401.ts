import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Answers strangers with 401: a client goes for a token then, which would not help.';
export const caughtBy = ['host-rebinding', 'origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const name = host.replace(/:\d*$/, '');
    if (!allowedHosts.includes(name) || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(401, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
