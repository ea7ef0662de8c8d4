import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Compares Host as it was sent, port and all, with names that have no port: nobody gets in.';
export const caughtBy = [
  'body-oversize',
  'callers-without-a-page',
  'cors-reflection',
  'csrf-simple-post',
  'host-rebinding',
  'json-by-any-spelling',
  'json-deep-nesting',
  'json-proto',
  'large-bodies-pass',
  'ordinary-messages-pass',
  'origin-hostile',
  'pages-of-ours-read-answers',
  'pages-of-ours-sign-in',
  'requests-without-a-body',
  'security-headers',
  'unreadable-bodies-are-answered',
];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    if (!allowedHosts.includes(host) || (origin && !allowedOrigins.includes(origin))) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
