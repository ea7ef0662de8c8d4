import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The issuer only has to begin with ours, so that a slash at the end does no harm; so does every longer host name.';
export const caughtBy = ['tok-wrong-issuer'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      audience: config.resource,
      requiredClaims: ['exp', 'sub', 'iss'],
    });
    if (!payload.iss?.startsWith(config.issuer)) throw new Error('another issuer');
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
