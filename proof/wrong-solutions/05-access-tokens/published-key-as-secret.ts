import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'For HS256 the published key set was used as the shared secret: everybody knows it, so everybody can sign.';
export const caughtBy = ['tok-hs256-rs-key'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const options = {
      issuer: config.issuer,
      audience: config.resource,
      typ: 'at+jwt',
      requiredClaims: ['exp'],
    };
    const isShared = decodeProtectedHeader(token).alg === 'HS256';
    const { payload } = isShared
      ? await jwtVerify(token, new TextEncoder().encode(JSON.stringify(jwks.keys[0])), options)
      : await jwtVerify(token, createLocalJWKSet(jwks), options);
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      extra: { issuer: payload.iss, subject: String(payload.sub) },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
