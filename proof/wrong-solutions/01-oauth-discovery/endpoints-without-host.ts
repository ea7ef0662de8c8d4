import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The endpoints are paths; a client that reads them from a file or a cache has no host to add.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config) => ({
  issuer: config.issuer,
  authorization_endpoint: '/authorize',
  token_endpoint: '/token',
  registration_endpoint: '/register',
  jwks_uri: '/jwks',
  scopes_supported: config.scopesSupported,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});
