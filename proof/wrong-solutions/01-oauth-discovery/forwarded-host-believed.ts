import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only X-Forwarded-Host is believed, because the proxy sets it; without a proxy in front the attacker does.';
export const caughtBy = ['metadata-host-poisoning'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config, request) => {
  const forwarded = request.get('x-forwarded-host');
  const base = forwarded ? `https://${forwarded}` : config.issuer;
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
