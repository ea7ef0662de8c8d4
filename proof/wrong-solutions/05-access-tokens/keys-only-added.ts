import { createLocalJWKSet, jwtVerify, type JWK } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Every key that was ever published is kept by its name, so that none is looked for twice, and none is ever withdrawn.';
export const caughtBy = ['forgets-withdrawn-keys'];

const known = new Map<string | undefined, JWK>();

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  for (const key of jwks.keys) known.set(key.kid, key);
  const keySet = createLocalJWKSet({ keys: [...known.values()] });
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
