import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Lets null in for pages that were opened from a file: a sandboxed frame on any site has the same origin.';
export const caughtBy = ['cors-reflection', 'origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const isOurs = (origin: string): boolean => origin === 'null' || allowedOrigins.includes(origin);
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
