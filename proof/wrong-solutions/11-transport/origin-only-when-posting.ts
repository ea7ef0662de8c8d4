import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'Refuses strangers for POST only; the other methods get past the guard.';
export const caughtBy = ['origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isStranger = origin !== undefined && !allowedOrigins.includes(origin);
    if (!allowedHosts.includes(host.replace(/:\d*$/, ''))) {
      return next(new HttpError(403, 'Not under that name.'));
    }
    if (request.method === 'POST' && isStranger) return next(new HttpError(403, 'Not from there.'));
    return answerCors(request, response, next);
  };
};
