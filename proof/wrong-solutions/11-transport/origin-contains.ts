import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Asks whether the list contains the origin, as a text: it contains https://app as well.';
export const caughtBy = ['origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const isOurs = (origin: string): boolean => allowedOrigins.join(' ').includes(origin);
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
