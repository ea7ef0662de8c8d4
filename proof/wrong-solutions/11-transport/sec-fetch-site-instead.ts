import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Relies on Sec-Fetch-Site, which not every browser sends over plain http, and which says same-origin of a rebound page.';
export const caughtBy = ['host-rebinding', 'origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const site = request.get('sec-fetch-site') ?? 'none';
    const isAllowed = allowedOrigins.includes(request.headers.origin ?? '');
    return isAllowed || ['same-origin', 'none'].includes(site)
      ? answerCors(request, response, next)
      : next(new HttpError(403, 'Not from there.'));
  };
};
