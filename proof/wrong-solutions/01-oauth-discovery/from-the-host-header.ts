import type { Request } from 'express';
import type {
  DescribeAuthorizationServer,
  DescribeProtectedResource,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The documents are built from the Host header, so that they are right on every port; whoever chooses that header chooses where users sign in.';
export const caughtBy = ['metadata-host-poisoning'];

const baseUrlOf = (request: Request): string => `${request.protocol}://${request.get('host')}`;

export const describeAuthorizationServer: DescribeAuthorizationServer = (config, request) => ({
  issuer: baseUrlOf(request),
  authorization_endpoint: `${baseUrlOf(request)}/authorize`,
  token_endpoint: `${baseUrlOf(request)}/token`,
  registration_endpoint: `${baseUrlOf(request)}/register`,
  jwks_uri: `${baseUrlOf(request)}/jwks`,
  scopes_supported: config.scopesSupported,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});

export const describeProtectedResource: DescribeProtectedResource = (_config, request) => ({
  resource: `${baseUrlOf(request)}/mcp`,
  authorization_servers: [baseUrlOf(request)],
  bearer_methods_supported: ['header'],
});
