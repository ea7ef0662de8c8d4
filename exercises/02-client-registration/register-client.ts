import { randomUUID } from 'node:crypto';
import type { RegisterClient, RegisteredClient } from '../weather-server/controls.ts';

// Today whatever is sent is registered: codes may go to any URI, grants that this server does not
// have are promised, and a client can choose the `client_id` of another one.

// TODO 02: Register only what you have checked (RFC 7591 §2, §3.2). Redirect URIs: one to ten of
// them, https, or http on loopback with any port; private-use schemes such as `com.example.app:/cb`
// as you like. No other scheme, no user info, no fragment, no `*` in the host, nothing but visible
// ASCII. Of grant and response types keep what this server has: authorization_code, refresh_token,
// code. A name is for people: bounded, nothing invisible in it. The `client_id` is yours to make.
// Throw `OAuthError` with `invalid_redirect_uri` or `invalid_client_metadata`; return what is really
// registered.
export const registerClient: RegisterClient = (metadata) => {
  const sent = (metadata ?? {}) as Partial<RegisteredClient>;
  return {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [],
    ...sent,
    token_endpoint_auth_method: 'none',
    client_id: sent.client_id ?? randomUUID(),
  };
};
