import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Only the key that is published first is used, and a token of five minutes ago was signed with the one after it.';
export const caughtBy = ['accepts-tokens-after-a-rotation'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const keySet = createLocalJWKSet({ keys: jwks.keys.slice(0, 1) });
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
