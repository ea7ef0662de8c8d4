import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Each claim is compared if the token has it, so a token that leaves a claim out is asked nothing.';
export const caughtBy = ['tok-no-exp', 'tok-wrong-issuer', 'tok-wrong-audience'];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
    });
    if (payload.iss && payload.iss !== config.issuer) throw new Error('wrong issuer');
    if (payload.aud && ![payload.aud].flat().includes(config.resource)) {
      throw new Error('wrong audience');
    }
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      extra: { issuer: config.issuer, subject: String(payload.sub) },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
