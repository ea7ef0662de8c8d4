import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Answers 403 and forgets to stop: the stranger is refused while the tool runs.';
export const caughtBy = ['cors-reflection', 'host-rebinding', 'origin-hostile', 'security-headers'];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) =>
    answerCors(request, response, (error?: unknown) => {
      const { origin } = request.headers;
      const isOurs = origin === undefined || allowedOrigins.includes(origin);
      if (!isOurs || !allowedHosts.includes(request.hostname)) response.sendStatus(403);
      next(error);
    });
};
