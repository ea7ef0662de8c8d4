import type { DescribeProtectedResource } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The document invites clients to send tokens in the query string, where every log on the way keeps them.';
export const caughtBy = ['discovery-broken'];

export const describeProtectedResource: DescribeProtectedResource = (config) => ({
  resource: config.resource,
  authorization_servers: [config.issuer],
  scopes_supported: config.scopesSupported,
  bearer_methods_supported: ['header', 'query'],
});
