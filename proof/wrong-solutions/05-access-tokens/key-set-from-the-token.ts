import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The keys are fetched from where the token says they are: the server calls any address an attacker writes there, and believes the answer.';
export const caughtBy = ['tok-jku-jwk-x5u'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwksUri }) => {
  try {
    const { jku } = decodeProtectedHeader(token);
    const keySet = createRemoteJWKSet(new URL(jku ?? jwksUri));
    const { payload } = await jwtVerify(token, keySet, {
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
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
