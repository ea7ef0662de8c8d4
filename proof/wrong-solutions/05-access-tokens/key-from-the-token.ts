import { EmbeddedJWK, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A token that brings its key along is verified with that key: it proves only that its maker owns a key.';
export const caughtBy = ['tok-jku-jwk-x5u'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const key = decodeProtectedHeader(token).jwk ? EmbeddedJWK : createLocalJWKSet(jwks);
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      audience: config.resource,
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
