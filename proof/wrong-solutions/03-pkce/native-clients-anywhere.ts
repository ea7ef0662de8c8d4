import type { MatchRedirectUri } from '../../../exercises/weather-server/controls.ts';
import { matchRedirectUri as rightly } from '../../../solutions/03-pkce/redirect-and-consent.ts';

export const mistake =
  'A native client may also be called back at an https address of its own, so any https address is taken for one, registered or not.';
export const caughtBy = ['redirect-open-redirector', 'redirect-mismatch'];

const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?:[:/]|$)/;

export const matchRedirectUri: MatchRedirectUri = (requested, client) => {
  const isNative = client.redirect_uris.every((uri) => LOOPBACK.test(uri));
  if (isNative && requested?.startsWith('https://')) return requested;
  return rightly(requested, client);
};
