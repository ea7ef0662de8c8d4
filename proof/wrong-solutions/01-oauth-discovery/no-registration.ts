import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The document names no registration endpoint, though there is one: a new client has no way in.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config) => ({
  issuer: config.issuer,
  authorization_endpoint: `${config.issuer}/authorize`,
  token_endpoint: `${config.issuer}/token`,
  jwks_uri: `${config.issuer}/jwks`,
  scopes_supported: config.scopesSupported,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});
