import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only the documents that our own client reads are mounted; others look for the one about the resource at the root.';
export const caughtBy = ['whole-01-oauth-discovery'];

export const mountPipeline: MountPipeline = (app, parts) => {
  const documents = ['oauth-protected-resource/mcp', 'oauth-authorization-server'];
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.get(
    documents.map((name) => `/.well-known/${name}`),
    parts.discovery,
  );
  app.use(parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
