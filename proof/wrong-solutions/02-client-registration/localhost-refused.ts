import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { registerClient as rightly } from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'Clients are advised to register 127.0.0.1 and not localhost, and advice was taken for a rule: most command-line clients can no longer register.';
export const caughtBy = ['registers-honest-clients'];

export const registerClient: RegisterClient = (metadata, config) => {
  const client = rightly(metadata, config);
  if (client.redirect_uris.some((uri) => new URL(uri).hostname === 'localhost')) {
    throw new OAuthError('invalid_redirect_uri', 'Register 127.0.0.1 or [::1] instead.');
  }
  return client;
};
