import { hostHeaderValidation } from '@modelcontextprotocol/sdk/server/middleware/hostHeaderValidation.js';
import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The SDK looks at Host, and cors gets the answer for an origin from the function that refuses it.';

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const checkHost = hostHeaderValidation(allowedHosts);
  const refused = Object.assign(new Error('Not from there'), { status: 403 });
  const checkOrigin = cors({
    origin: (origin, answer) =>
      origin === undefined || allowedOrigins.includes(origin)
        ? answer(null, origin ?? allowedOrigins)
        : answer(refused),
    exposedHeaders: ['www-authenticate'],
  });
  return (request, response, next) =>
    checkHost(request, response, (error?: unknown) =>
      error ? next(error) : checkOrigin(request, response, next),
    );
};
