import { compactVerify, createLocalJWKSet, type JWTPayload } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The signature is verified and then every claim is believed: a genuine token for somewhere else, or from last year, is genuine too.';
export const caughtBy = [
  'tok-expired',
  'tok-not-yet-valid',
  'tok-no-exp',
  'tok-wrong-issuer',
  'tok-wrong-audience',
  'tok-type-confusion',
  'accepts-tokens-until-they-expire',
];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const verified = await compactVerify(token, createLocalJWKSet(jwks), { algorithms: ['ES256'] });
    const payload = JSON.parse(new TextDecoder().decode(verified.payload)) as JWTPayload;
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      extra: { issuer: payload.iss ?? config.issuer, subject: String(payload.sub) },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
