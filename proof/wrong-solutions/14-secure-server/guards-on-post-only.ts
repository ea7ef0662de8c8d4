import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The guards stand in front of POST only, where the tools are called, and every other method walks past them.';
export const caughtBy = ['order-other-methods', 'whole-05-access-tokens'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.options('/mcp', parts.origin);
  app.post('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
