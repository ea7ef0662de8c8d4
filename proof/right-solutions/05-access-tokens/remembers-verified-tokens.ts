import { createHash } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A token that was verified is remembered under the hash of all of it, and no longer than it is valid.';

const verified = new Map<string, AuthInfo & { expiresAt: number }>();

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const now = Date.now() / 1000;
  const hash = createHash('sha256').update(token).digest('base64url');
  for (const [known, { expiresAt }] of verified) if (expiresAt <= now) verified.delete(known);
  const known = verified.get(hash);
  if (known) return known;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.resource,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'sub', 'client_id'],
    });
    const info = {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: payload.exp ?? 0,
      extra: { issuer: payload.iss, subject: payload.sub },
    };
    verified.set(hash, info);
    return info;
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
