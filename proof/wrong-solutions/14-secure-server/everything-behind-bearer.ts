import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Every route wants a token, those that tell where to get one included.';
export const caughtBy = [
  'a-client-finds-its-way',
  'anyone-may-discover',
  'order-other-methods',
  'whole-01-oauth-discovery',
  'whole-02-client-registration',
  'whole-03-pkce',
  'whole-04-token-grants',
  'whole-05-access-tokens',
  'whole-13-error-responses',
];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers, parts.origin, parts.body, parts.bearer);
  app.use(parts.discovery, parts.authorizationServer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
