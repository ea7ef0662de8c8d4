import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The headers are set right before the answer of the tools, so that what refuses a request answers without them.';
export const caughtBy = ['order-bare-refusals'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.headers, parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer, parts.headers);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
