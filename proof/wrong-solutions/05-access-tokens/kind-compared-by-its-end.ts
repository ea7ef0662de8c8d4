import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The kind of a token is compared by how it ends, and other kinds end so as well.';
export const caughtBy = ['tok-type-confusion'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const keySet = createLocalJWKSet(jwks);
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.resource,
      requiredClaims: ['exp', 'sub'],
    });
    if (!protectedHeader.typ?.endsWith('at+jwt')) throw new Error('no access token');
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
