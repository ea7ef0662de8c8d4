import { z } from 'zod';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import {
  isAcceptableRedirectUri,
  registerClient as rightly,
} from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'Plain http is taken for safe within the local network, where everybody on the same wireless can read the code.';
export const caughtBy = ['dcr-bad-redirect'];

const LOCAL = /^http:\/\/(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3})+(?:[:/]|$)/;
const local = z
  .string()
  .max(2000)
  .regex(LOCAL)
  .refine((uri) => !/[\\#@]/.test(uri));

export const registerClient: RegisterClient = (metadata, config) => {
  const { redirect_uris: uris } = (metadata ?? {}) as { redirect_uris?: unknown };
  if (!Array.isArray(uris)) return rightly(metadata, config);
  const isFine = (uri: unknown): uri is string =>
    local.safeParse(uri).success || (typeof uri === 'string' && isAcceptableRedirectUri(uri));
  if (uris.length === 0 || uris.length > 10 || !uris.every(isFine)) {
    throw new OAuthError('invalid_redirect_uri', 'redirect_uris needs one to ten acceptable URIs.');
  }
  const others = { ...(metadata as object), redirect_uris: ['http://127.0.0.1/'] };
  return { ...rightly(others, config), redirect_uris: uris };
};
