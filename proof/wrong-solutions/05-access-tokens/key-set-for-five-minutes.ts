import { createLocalJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The key set is kept for five minutes, whatever happens meanwhile: a new key is refused, and a withdrawn one accepted.';
export const caughtBy = ['accepts-tokens-after-a-rotation', 'forgets-withdrawn-keys'];

const KEPT_MS = 5 * 60_000;
let keySet: JWTVerifyGetKey | undefined;
let madeAt = 0;

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  if (!keySet || Date.now() - madeAt > KEPT_MS) {
    keySet = createLocalJWKSet(jwks);
    madeAt = Date.now();
  }
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.resource,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'sub'],
    });
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: payload.exp,
      extra: { issuer: payload.iss, subject: payload.sub },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
