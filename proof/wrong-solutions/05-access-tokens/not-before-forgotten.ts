import { compactVerify, createLocalJWKSet } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The library verifies the signature and the claims are compared by hand, all of them but nbf: a token works before its time.';
export const caughtBy = ['tok-not-yet-valid'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
    });
    const claims = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    const isForUs = claims.iss === config.issuer && [claims.aud].flat().includes(config.resource);
    const isFresh = typeof claims.exp === 'number' && claims.exp > Date.now() / 1000;
    if (protectedHeader.typ !== 'at+jwt' || !isForUs || !isFresh) throw new Error('not valid here');
    return {
      token,
      clientId: String(claims.client_id),
      scopes: String(claims.scope ?? '').split(' '),
      expiresAt: Number(claims.exp),
      extra: { issuer: claims.iss, subject: String(claims.sub) },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
