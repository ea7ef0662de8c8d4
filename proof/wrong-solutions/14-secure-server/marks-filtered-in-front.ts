import type { RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A filter in front refuses combining marks, with which people pile up letters for fun; Hindi and Thai are written with them.';
export const caughtBy = ['whole-08-city-input'];

const refuseMarks: RequestHandler = (request, response, next) =>
  /\p{M}/u.test(JSON.stringify(request.body ?? null))
    ? void response.status(400).json({ error: 'This text is not acceptable.' })
    : next();

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer, refuseMarks);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
