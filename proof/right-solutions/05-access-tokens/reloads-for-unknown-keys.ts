import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The key set is kept for an hour, and read again whenever a token names a key that is not in it.';

const KEPT_MS = 60 * 60_000;
let kept: { jwks: JSONWebKeySet; at: number } | undefined;

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { kid } = decodeProtectedHeader(token);
    const isKnown = kept?.jwks.keys.some((key) => key.kid === kid);
    if (!kept || !isKnown || Date.now() - kept.at > KEPT_MS) kept = { jwks, at: Date.now() };
    const { payload } = await jwtVerify(token, createLocalJWKSet(kept.jwks), {
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.resource,
      typ: 'application/at+jwt',
      requiredClaims: ['exp', 'sub', 'client_id'],
    });
    return {
      token,
      clientId: String(payload.client_id),
      scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
      expiresAt: payload.exp,
      extra: { issuer: payload.iss, subject: payload.sub },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
