import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The server goes by two names, with and without a slash at the end, and takes tokens for either; so few clients agree on one.';

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      audience: [config.resource, `${config.resource}/`],
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
