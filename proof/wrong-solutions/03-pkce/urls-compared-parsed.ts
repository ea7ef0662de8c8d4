import type { MatchRedirectUri } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Both URIs are parsed before they are compared, so spellings count as equal that the client never registered.';
export const caughtBy = ['redirect-mismatch', 'native-client-on-any-port'];

const comparable = (uri: string): string => {
  const url = new URL(uri);
  if (url.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(url.hostname)) url.port = '';
  return url.href;
};

export const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
  if (requested === undefined && registered.length === 1) return registered[0]!;
  if (requested !== undefined && URL.canParse(requested)) {
    const asked = comparable(requested);
    if (registered.some((uri) => comparable(uri) === asked)) return requested;
  }
  throw new OAuthError('invalid_request', 'The redirect URI is not one this client registered.');
};
