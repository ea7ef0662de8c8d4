import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The audience is compared as if it were always one string; a token that lists several is refused.';
export const caughtBy = ['accepts-audience-lists'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      requiredClaims: ['exp', 'sub'],
    });
    if (payload.aud !== config.resource) throw new Error('issued for another service');
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
