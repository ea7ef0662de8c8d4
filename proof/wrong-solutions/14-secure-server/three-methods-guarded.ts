import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The guards stand in front of the methods that MCP knows, and what answers messages takes all.';
export const caughtBy = ['order-other-methods'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.options('/mcp', parts.origin);
  for (const method of ['get', 'post', 'delete'] as const) {
    app[method]('/mcp', parts.origin, parts.body, parts.bearer);
  }
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
