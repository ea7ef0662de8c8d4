import { decodeJwt } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The claims are compared with care, but nobody checked the signature: whoever writes the token writes the claims.';
export const caughtBy = [
  'tok-alg-none',
  'tok-hs256-rs-key',
  'tok-kid-tricks',
  'tok-jku-jwk-x5u',
  'tok-tampered',
  'tok-type-confusion',
  'forgets-withdrawn-keys',
];

export const verifyAccessToken: VerifyAccessToken = async (token, { config }) => {
  try {
    const claims = decodeJwt(token);
    const audiences = [claims.aud].flat();
    const now = Date.now() / 1000;
    const isFine =
      claims.iss === config.issuer &&
      audiences.includes(config.resource) &&
      typeof claims.exp === 'number' &&
      claims.exp > now &&
      (claims.nbf ?? 0) <= now;
    if (!isFine) throw new Error('a claim is wrong');
    return {
      token,
      clientId: String(claims.client_id),
      scopes: String(claims.scope ?? '').split(' '),
      extra: { issuer: claims.iss, subject: String(claims.sub) },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
