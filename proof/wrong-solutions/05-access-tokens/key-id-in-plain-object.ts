import { errors, importJWK, jwtVerify, type CryptoKey } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Keys are looked up in a plain object, where the key id __proto__ finds something that is no key; the error that follows is nobody’s 401.';
export const caughtBy = ['tok-kid-tricks'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const imported: Record<string, CryptoKey> = {};
  for (const jwk of jwks.keys) {
    imported[jwk.kid ?? ''] = (await importJWK(jwk, 'ES256')) as CryptoKey;
  }
  const findKey = ({ kid }: { kid?: string }): CryptoKey => {
    const key = imported[kid ?? ''];
    if (!key) throw new InvalidTokenError('The access token is not valid here.');
    return key;
  };
  try {
    const { payload } = await jwtVerify(token, findKey, {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      audience: config.resource,
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
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
