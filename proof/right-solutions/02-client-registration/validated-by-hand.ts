import { randomBytes } from 'node:crypto';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'No schema: each member is looked at in turn, private-use schemes are refused, and only answers of this server are registered.';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

function readRedirectUri(sent: unknown): string {
  if (typeof sent === 'string' && sent.length < 1000 && !/[^!-~]|[\\#*@]/.test(sent)) {
    const url = URL.canParse(sent) ? new URL(sent) : undefined;
    const isWeb = url?.protocol === 'https:' && sent.startsWith('https://');
    const isLocal = url?.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname);
    if (isWeb || isLocal) return sent;
  }
  throw new OAuthError('invalid_redirect_uri', 'Redirect URIs are https, or http on loopback.');
}

export const registerClient: RegisterClient = (metadata) => {
  if (typeof metadata !== 'object' || metadata === null) {
    throw new OAuthError('invalid_client_metadata', 'A JSON object is expected.');
  }
  const { redirect_uris: uris, client_name: name } = metadata as Record<string, unknown>;
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > 5) {
    throw new OAuthError('invalid_redirect_uri', 'redirect_uris lists one to five URIs.');
  }
  const isName =
    typeof name === 'string' && name.length <= 60 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name);
  if (name !== undefined && !(isName && name.trim() !== '')) {
    throw new OAuthError('invalid_client_metadata', 'client_name is a short, visible text.');
  }
  return {
    client_id: `mcp-${randomBytes(16).toString('hex')}`,
    ...(isName ? { client_name: name } : {}),
    redirect_uris: uris.map(readRedirectUri),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
};
