import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Allows every header with a star, which does not stand for Authorization: no page can send a token.';
export const caughtBy = ['pages-of-ours-read-answers'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({
    origin: allowedOrigins,
    allowedHeaders: '*',
    exposedHeaders: ['WWW-Authenticate'],
  });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
