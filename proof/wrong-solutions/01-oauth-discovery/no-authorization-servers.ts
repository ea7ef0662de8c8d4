import type { DescribeProtectedResource } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'The document says what the resource is, and not who issues tokens for it.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const describeProtectedResource: DescribeProtectedResource = (config) => ({
  resource: config.resource,
  scopes_supported: config.scopesSupported,
  bearer_methods_supported: ['header'],
});
