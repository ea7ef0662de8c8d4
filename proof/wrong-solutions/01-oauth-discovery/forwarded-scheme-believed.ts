import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The scheme is taken from X-Forwarded-Proto: an attacker who plants http there gets users to sign in without encryption.';
export const caughtBy = ['metadata-host-poisoning'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config, request) => {
  const protocol = request.get('x-forwarded-proto') ?? request.protocol;
  const base = `${protocol}://${new URL(config.issuer).host}`;
  return {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    registration_endpoint: `${base}/register`,
    jwks_uri: `${base}/jwks`,
    scopes_supported: config.scopesSupported,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
  };
};
