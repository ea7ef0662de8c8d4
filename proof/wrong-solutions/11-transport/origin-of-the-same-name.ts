import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'An origin that fits Host counts as our own: a rebound page has a name that fits, and brings it in both.';
export const caughtBy = ['host-rebinding'];

export const createOriginGuard: CreateOriginGuard = ({ allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin, host } = request.headers;
    if (origin !== undefined && origin !== `http://${host}` && !allowedOrigins.includes(origin)) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
