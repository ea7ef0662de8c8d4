import type { MatchRedirectUri } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A redirect URI that begins like a registered one is taken for it, though it may go on to another host, path or query.';
export const caughtBy = ['redirect-mismatch'];

/** Native clients choose their port when they start. */
const withoutPort = (uri: string): string =>
  uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d+/, '$1');

export const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
  if (requested === undefined && registered.length === 1) return registered[0]!;
  const asked = withoutPort(requested ?? '');
  if (requested && registered.some((uri) => asked.startsWith(withoutPort(uri)))) return requested;
  throw new OAuthError('invalid_request', 'The redirect URI is not one this client registered.');
};
