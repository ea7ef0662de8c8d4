import { createLocalJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The key set is made once and kept for ever: when the authorization server changes its key, everybody who signs in is refused.';
export const caughtBy = ['accepts-tokens-after-a-rotation', 'forgets-withdrawn-keys'];

let keySet: JWTVerifyGetKey | undefined;

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  keySet ??= createLocalJWKSet(jwks);
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
