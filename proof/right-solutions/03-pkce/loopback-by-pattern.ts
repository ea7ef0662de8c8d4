import type { MatchRedirectUri } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Each registered URI becomes a pattern that matches it alone, with any port where it is on loopback, localhost included (RFC 9700 §2.1).';

const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

function patternFor(registered: string): RegExp {
  const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?([/?].*)?$/;
  const [whole, host, rest = ''] = loopback.exec(registered) ?? [];
  const pattern =
    whole && host ? `${escape(host)}(?::\\d{1,5})?${escape(rest)}` : escape(registered);
  return new RegExp(`^${pattern}$`);
}

export const matchRedirectUri: MatchRedirectUri = (requested, { redirect_uris: registered }) => {
  const asked = requested ?? (registered.length === 1 ? registered[0] : undefined);
  if (asked === undefined || !registered.some((uri) => patternFor(uri).test(asked))) {
    throw new OAuthError('invalid_request', 'redirect_uri has to be one that was registered.');
  }
  return asked;
};
