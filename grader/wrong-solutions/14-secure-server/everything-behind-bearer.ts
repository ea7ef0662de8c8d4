import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Every route wants a token, those that tell where to get one included.';
export const caughtBy = ['a-client-finds-its-way', 'anyone-may-discover'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers, parts.origin, parts.body, parts.bearer);
  app.use(parts.discovery, parts.authorizationServer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
