import type { RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A filter in front refuses percent signs, as a wildcard of SQL; the search binds its text, and there is a station with one in its name.';
export const caughtBy = ['whole-09-injection'];

const refuseWildcards: RequestHandler = (request, response, next) =>
  JSON.stringify(request.body ?? null).includes('%')
    ? void response.status(400).json({ error: 'This text is not acceptable.' })
    : next();

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer, refuseWildcards);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
