import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Verified tokens are remembered by their signature alone: the next token may say something else above the same signature.';
export const caughtBy = ['tok-tampered'];

/** Signature -> when it may be forgotten, in seconds. */
const verified = new Map<string, number>();

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const signature = token.split('.')[2] ?? '';
  try {
    if ((verified.get(signature) ?? 0) <= Date.now() / 1000) {
      const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: config.issuer,
        audience: config.resource,
        requiredClaims: ['exp', 'sub'],
      });
      verified.set(signature, payload.exp ?? 0);
    }
    const payload = decodeJwt(token);
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
