import type { Request } from 'express';
import type {
  DescribeAuthorizationServer,
  DescribeProtectedResource,
} from '../weather-server/controls.ts';

// Today both documents repeat whatever the request says about the host, so an attacker who chooses
// those headers chooses where clients send their users. Half of the members are missing, too.

const baseUrlOf = (request: Request): string => {
  const protocol = request.get('x-forwarded-proto') ?? 'http';
  return `${protocol}://${request.get('x-forwarded-host') ?? request.get('host')}`;
};

// TODO 01: Describe the authorization server from `config` alone (RFC 8414 §2): exact issuer; the
// endpoints /authorize, /token, /register and /jwks; the response and grant types, the scopes; that
// PKCE uses S256; that clients are public; and that answers carry `iss` (RFC 9207).
export const describeAuthorizationServer: DescribeAuthorizationServer = (_config, request) => {
  const base = baseUrlOf(request);
  return {
    issuer: `${base}/`,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  };
};

// TODO 01: Describe this resource server from `config` alone (RFC 9728 §2): the exact resource, who
// issues tokens for it, which scopes there are, and that tokens travel in the header.
export const describeProtectedResource: DescribeProtectedResource = (_config, request) => ({
  resource: baseUrlOf(request),
});
