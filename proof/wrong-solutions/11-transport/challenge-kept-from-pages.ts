import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Exposes no header: a page sees a 401, and not the challenge that says where to get a token.';
export const caughtBy = ['pages-of-ours-read-answers'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const isOurs = allowedHosts.includes(host.replace(/:\d*$/, ''));
    if (!isOurs || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
