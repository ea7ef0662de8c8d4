import type { DescribeProtectedResource } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The resource is named without its path: it is not the address that the client calls, so the client must not use the document.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const describeProtectedResource: DescribeProtectedResource = (config) => ({
  resource: new URL(config.resource).origin,
  authorization_servers: [config.issuer],
  scopes_supported: config.scopesSupported,
  bearer_methods_supported: ['header'],
});
