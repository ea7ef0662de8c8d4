import { importJWK, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Every known key is imported under its id; the token’s key id is looked up in a Map.';

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const keys = new Map(
    await Promise.all(jwks.keys.map(async (jwk) => [jwk.kid, await importJWK(jwk)] as const)),
  );
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.get(kid);
        if (!key) throw new Error('unknown key');
        return key;
      },
      {
        algorithms: ['ES256'],
        issuer: config.issuer,
        audience: config.resource,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub', 'client_id'],
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
