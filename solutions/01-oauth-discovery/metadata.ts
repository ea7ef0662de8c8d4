import type {
  DescribeAuthorizationServer,
  DescribeProtectedResource,
} from '../../exercises/weather-server/controls.ts';

/**
 * Describes the authorization server (RFC 8414 §2) from what the operator configured.
 *
 * The issuer is repeated character by character: clients compare it with the one they asked for, and
 * with `iss` in tokens and authorization responses, without normalizing either (RFC 8414 §3.3,
 * RFC 9207 §2.4). Building it from the Host header is tempting, because it works on every port at
 * once; it also lets whoever chooses that header name the place where users sign in.
 */
export const describeAuthorizationServer: DescribeAuthorizationServer = (config) => {
  const endpoint = (path: string): string => new URL(path, config.issuer).href;
  return {
    issuer: config.issuer,
    authorization_endpoint: endpoint('/authorize'),
    token_endpoint: endpoint('/token'),
    registration_endpoint: endpoint('/register'),
    jwks_uri: endpoint('/jwks'),
    scopes_supported: config.scopesSupported,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    // Clients that find no S256 here must refuse to go on (MCP, Authorization Code Protection).
    code_challenge_methods_supported: ['S256'],
    // Left out, this member would mean client_secret_basic (RFC 8414 §2).
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
    // A URL as client_id is welcome, so nobody has to register (MCP, Client ID Metadata Documents).
    client_id_metadata_document_supported: true,
  };
};

/**
 * Describes this server as a protected resource (RFC 9728 §2). Clients read it before anything else:
 * `resource` must be the very URI they call (§3.3), and `authorization_servers` says whom to ask.
 */
export const describeProtectedResource: DescribeProtectedResource = (config) => ({
  resource: config.resource,
  authorization_servers: [config.issuer],
  // Clients that are told no scope ask for all of these; let that be the least one (MCP, Scope
  // Selection Strategy). Tools that need more say so when they are called.
  scopes_supported: config.scopesSupported.slice(0, 1),
  bearer_methods_supported: ['header'],
  resource_name: 'Weather server',
});
