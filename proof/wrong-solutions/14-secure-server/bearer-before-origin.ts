import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The token is asked for first, even by a preflight, which never carries one.';
export const caughtBy = [
  'a-page-of-ours-may-call',
  'order-body-of-strangers',
  'whole-11-transport',
  'whole-12-audit-log',
];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.bearer, parts.origin, parts.body);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
