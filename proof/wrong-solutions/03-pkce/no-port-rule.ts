import type { MatchRedirectUri } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Every redirect URI has to be equal, the port of a loopback address included, which a native client learns only when it starts.';
export const caughtBy = ['native-client-on-any-port'];

export const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
  const [only] = registered;
  if (requested === undefined && registered.length === 1 && only !== undefined) return only;
  if (requested !== undefined && registered.includes(requested)) return requested;
  throw new OAuthError('invalid_request', 'The redirect URI is not one this client registered.');
};
