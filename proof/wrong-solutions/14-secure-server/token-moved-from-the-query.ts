import type { RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'For clients that cannot set headers a token is moved from the address into the header, and the guard cannot tell any more where it came from.';
export const caughtBy = ['whole-05-access-tokens'];

const moveToken: RequestHandler = (request, _response, next) => {
  const { access_token: token } = request.query;
  if (typeof token === 'string') request.headers.authorization ??= `Bearer ${token}`;
  next();
};

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, moveToken, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
