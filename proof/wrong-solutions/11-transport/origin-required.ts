import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'Refuses whoever sends no Origin: every client that is not a page.';
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
  'requests-without-a-body',
  'security-headers',
  'unreadable-bodies-are-answered',
];

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const answerCors = cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'] });
  return (request, response, next) => {
    const { origin = '', host = '' } = request.headers;
    const name = host.replace(/:\d*$/, '');
    if (!allowedHosts.includes(name) || !allowedOrigins.includes(origin)) {
      return next(new HttpError(403, 'Not from there.'));
    }
    return answerCors(request, response, next);
  };
};
