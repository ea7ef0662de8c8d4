import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The verifier lets the library’s own errors out; the middleware does not know them, and a bad token becomes HTTP 500.';
export const caughtBy = [
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
  'accepts-tokens-until-they-expire',
  'session-id-as-auth',
  'tok-type-confusion',
];

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
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
};
