import type { MatchRedirectUri } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The redirect URI is checked as at registration, for its scheme and host, and not against what this client registered.';
export const caughtBy = ['redirect-mismatch', 'redirect-open-redirector'];

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

export const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
  if (requested === undefined && registered.length === 1) return registered[0]!;
  if (requested !== undefined && URL.canParse(requested)) {
    const { protocol, hostname, username, hash } = new URL(requested);
    const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
    if (isSafe && !username && !hash) return requested;
  }
  throw new OAuthError('invalid_request', 'The redirect URI is not one this client registered.');
};
