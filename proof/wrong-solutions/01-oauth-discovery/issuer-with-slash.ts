import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The issuer went through new URL(), which put a slash at its end: it is no longer the issuer that tokens name.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config) => ({
  issuer: new URL(config.issuer).href,
  authorization_endpoint: `${config.issuer}/authorize`,
  token_endpoint: `${config.issuer}/token`,
  registration_endpoint: `${config.issuer}/register`,
  jwks_uri: `${config.issuer}/jwks`,
  scopes_supported: config.scopesSupported,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});
