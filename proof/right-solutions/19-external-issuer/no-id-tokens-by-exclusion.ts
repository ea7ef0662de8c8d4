import type { ReadProviderClaims } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';
import { readProviderClaims as rightly } from '../../../solutions/19-external-issuer/provider-claims.ts';

export const idea =
  'Beside the mark of an access token, whatever only ID tokens have (`nonce`, `at_hash`) is refused.';

export const readProviderClaims: ReadProviderClaims = (token, external, config) => {
  const { claims } = token;
  if ('nonce' in claims || 'at_hash' in claims || 'c_hash' in claims) {
    throw new InvalidTokenError('This is an ID token.');
  }
  return rightly(token, external, config);
};
