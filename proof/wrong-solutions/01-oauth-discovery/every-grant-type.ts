import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The list of grant types was copied from a bigger server: it offers the implicit and the password grant, which OAuth 2.1 removed.';
export const caughtBy = ['discovery-broken'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config) => ({
  issuer: config.issuer,
  authorization_endpoint: `${config.issuer}/authorize`,
  token_endpoint: `${config.issuer}/token`,
  registration_endpoint: `${config.issuer}/register`,
  jwks_uri: `${config.issuer}/jwks`,
  scopes_supported: config.scopesSupported,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'implicit', 'password'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});
