import { createRemoteJWKSet, jwtVerify, type RemoteJWKSet } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The keys are fetched from the authorization server’s jwks_uri, which is configured, and kept for a while.';

const keySets = new Map<string, RemoteJWKSet>();

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwksUri }) => {
  const keySet = keySets.get(jwksUri) ?? createRemoteJWKSet(new URL(jwksUri));
  keySets.set(jwksUri, keySet);
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ['ES256', 'RS256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      audience: config.resource,
      requiredClaims: ['exp', 'sub', 'client_id'],
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
