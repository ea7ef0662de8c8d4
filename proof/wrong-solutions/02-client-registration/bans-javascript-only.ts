import { randomUUID } from 'node:crypto';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Bad redirect URIs are kept out by a list of bad beginnings, which other letters, another scheme or plain http walk around.';
export const caughtBy = ['dcr-bad-redirect', 'dcr-metadata-abuse'];

export const registerClient: RegisterClient = (metadata) => {
  const { redirect_uris, client_name } = (metadata ?? {}) as Record<string, unknown>;
  if (!Array.isArray(redirect_uris) || redirect_uris.length < 1 || redirect_uris.length > 10) {
    throw new OAuthError('invalid_redirect_uri', 'One to ten redirect URIs are needed.');
  }
  for (const uri of redirect_uris as unknown[]) {
    if (typeof uri !== 'string' || uri.startsWith('javascript:') || !URL.canParse(uri)) {
      throw new OAuthError('invalid_redirect_uri', 'This redirect URI is not acceptable.');
    }
  }
  const name = client_name ?? 'Unnamed client';
  if (typeof name !== 'string' || !/^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u.test(name)) {
    throw new OAuthError('invalid_client_metadata', 'This name is not acceptable.');
  }
  return {
    client_id: randomUUID(),
    client_name: name,
    redirect_uris: redirect_uris as string[],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
};
