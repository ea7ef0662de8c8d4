import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Every route lists all that guards it, and nothing is mounted for all of them but headers and errors.';

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use('/.well-known', parts.origin, parts.discovery);
  app.use(['/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery);
  app.use(parts.authorizationServer);
  app.all('/mcp', parts.origin, parts.body, parts.bearer, parts.messages);
  app.use(parts.notFound);
  app.use(parts.errors);
};
