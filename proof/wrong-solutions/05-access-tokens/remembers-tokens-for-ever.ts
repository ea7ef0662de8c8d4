import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A token that was verified once is remembered, and its expiry is never looked at again.';
export const caughtBy = ['accepts-tokens-until-they-expire'];

const verified = new Map<string, AuthInfo>();

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const known = verified.get(token);
  if (known) return known;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      audience: config.resource,
      requiredClaims: ['exp', 'sub'],
    });
    const info = {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      extra: { issuer: payload.iss, subject: payload.sub },
    };
    verified.set(token, info);
    return info;
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
