import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The body is read and parsed before anybody has asked whether the page that sent it may send anything.';
export const caughtBy = ['order-body-of-strangers'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.body, parts.origin, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
