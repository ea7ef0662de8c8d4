import type { RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A filter in front refuses registrations with an angle bracket; the consent page escapes names, and some honest one has a bracket in it.';
export const caughtBy = ['whole-02-client-registration'];

const refuseMarkup: RequestHandler = (request, response, next) =>
  /[<>]/.test(JSON.stringify(request.body ?? null))
    ? void response.status(400).json({ error: 'invalid_client_metadata' })
    : next();

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use('/register', parts.body, refuseMarkup);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
