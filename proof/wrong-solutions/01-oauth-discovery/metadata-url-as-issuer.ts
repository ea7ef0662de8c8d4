import type { DescribeProtectedResource } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'authorization_servers holds the address of a document instead of the issuer; clients put the well-known path in front of it once more.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const describeProtectedResource: DescribeProtectedResource = (config) => ({
  resource: config.resource,
  authorization_servers: [`${config.issuer}/.well-known/oauth-authorization-server`],
  scopes_supported: config.scopesSupported,
  bearer_methods_supported: ['header'],
});
