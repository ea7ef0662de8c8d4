import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The token says which algorithm to use: with HS256 the public key, which everybody has, becomes the shared secret.';
export const caughtBy = ['tok-hs256-rs-key'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const { kid } = headerOf(token);
  const jwk = jwks.keys.find((one) => one.kid === kid) ?? jwks.keys[0];
  const key = { key: jwk as JsonWebKey, format: 'jwk' } as const;
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ alg }) =>
        alg.startsWith('HS') ? new TextEncoder().encode(pem) : importSPKI(pem, alg),
      {
        typ: 'at+jwt',
        issuer: config.issuer,
        audience: config.resource,
        requiredClaims: ['exp', 'sub'],
      },
    );
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

function headerOf(token: string): { kid?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return {};
  }
}
