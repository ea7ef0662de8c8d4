import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Looks at Host only where there is no Origin: a request has to pass both, not one of the two.';
export const caughtBy = ['host-rebinding'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    const mayPass =
      origin === undefined
        ? allowedHosts.includes(host.replace(/:\d*$/, ''))
        : allowedOrigins.includes(origin);
    return mayPass
      ? answerCors(request, response, next)
      : next(new HttpError(403, 'Not from there.'));
  };
};
