import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The body is read only for callers with a token, so that nobody knows which tool the others tried.';
export const caughtBy = ['whole-12-audit-log'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.bearer, parts.body);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
