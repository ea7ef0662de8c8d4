import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The error handler is mounted before the parts whose errors it should handle, and Express never asks it.';
export const caughtBy = ['order-uncaught-errors', 'whole-13-error-responses'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(parts.errors);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound);
};
