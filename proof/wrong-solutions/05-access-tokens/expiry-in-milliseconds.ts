import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'exp counts seconds and Date.now() counts milliseconds: compared as they are, every token has expired.';
export const caughtBy = [
  'tok-missing',
  'tok-malformed',
  'tok-expired',
  'tok-not-yet-valid',
  'tok-no-exp',
  'tok-wrong-issuer',
  'tok-wrong-audience',
  'tok-alg-none',
  'tok-hs256-rs-key',
  'tok-kid-tricks',
  'tok-jku-jwk-x5u',
  'tok-tampered',
  'tok-in-query',
  'accepts-own-tokens',
  'accepts-audience-lists',
  'accepts-scheme-in-any-case',
  'accepts-tokens-without-scope',
  'accepts-tokens-until-they-expire',
  'serves-the-whole-protocol',
  'session-id-as-auth',
  'accepts-tokens-after-a-rotation',
  'tok-type-confusion',
];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      audience: config.resource,
      requiredClaims: ['exp', 'sub'],
    });
    if (!payload.exp || payload.exp < Date.now()) throw new Error('expired');
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
