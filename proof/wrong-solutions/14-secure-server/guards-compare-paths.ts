import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';
import type { RequestHandler } from 'express';
export const mistake =
  'The guards ask whether the path is exactly /mcp, but the router also takes /MCP and /mcp/ for it.';
export const caughtBy = ['order-other-methods'];

export const mountPipeline: MountPipeline = (app, parts) => {
  const onlyMcp =
    (guard: RequestHandler): RequestHandler =>
    (request, response, next) =>
      request.path === '/mcp' ? guard(request, response, next) : next();
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use(onlyMcp(parts.origin), parts.body, onlyMcp(parts.bearer));
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
