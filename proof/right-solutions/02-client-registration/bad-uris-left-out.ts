import { randomUUID } from 'node:crypto';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Redirect URIs that are not acceptable are left out, and the answer shows which remain; only if none does is the client refused.';

const ACCEPTABLE =
  /^(?:https:\/\/[\w.-]+(?::\d+)?|http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?)(?:[/?][\w.~!$&'()+,;=:@%/?-]*)?$/;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const registerClient: RegisterClient = (metadata) => {
  const sent = (metadata ?? {}) as Record<string, unknown>;
  const uris = listOf(sent.redirect_uris).filter(
    (uri): uri is string =>
      typeof uri === 'string' && uri.length < 2000 && ACCEPTABLE.test(uri) && URL.canParse(uri),
  );
  if (uris.length === 0 || uris.length > 10) {
    throw new OAuthError('invalid_redirect_uri', 'No acceptable redirect URI, or too many.');
  }
  const grants = listOf(sent.grant_types);
  const name = typeof sent.client_name === 'string' ? sent.client_name : 'Client without a name';
  if (
    name.length > 200 ||
    name.trim() === '' ||
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(name)
  ) {
    throw new OAuthError('invalid_client_metadata', 'This name is not acceptable.');
  }
  return {
    client_id: randomUUID(),
    client_name: name,
    redirect_uris: uris,
    grant_types: [
      'authorization_code',
      ...(grants.includes('refresh_token') ? ['refresh_token'] : []),
    ],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
};
