import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'An unknown route is answered with a page unless JSON was asked for; a program that asks for nothing in particular cannot read it.';
export const caughtBy = ['order-uncaught-errors'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use((request, response, next) =>
    request.get('accept')?.includes('json')
      ? parts.notFound(request, response, next)
      : void response.status(404).send('<!doctype html><title>Not found</title><p>Not found.'),
  );
  app.use(parts.errors);
};
