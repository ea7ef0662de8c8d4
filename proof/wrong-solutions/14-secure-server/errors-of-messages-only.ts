import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The error handler belongs to /mcp, and what fails in the authorization server is answered by Express, with the stack.';
export const caughtBy = ['whole-13-error-responses'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use('/mcp', parts.errors);
  app.use((_request, response) => {
    const error = { code: 'NOT_FOUND', message: 'There is no such route.', retryable: false };
    response.status(404).json({ error });
  });
};
