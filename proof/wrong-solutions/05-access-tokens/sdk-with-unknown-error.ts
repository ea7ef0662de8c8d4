import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The SDK’s middleware answers 401 to its own InvalidTokenError only; any other error of the verifier becomes HTTP 500.';
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

export const createBearerAuth: CreateBearerAuth = ({ verifyAccessToken, config }) =>
  requireBearerAuth({
    verifier: { verifyAccessToken },
    resourceMetadataUrl: new URL('/.well-known/oauth-protected-resource/mcp', config.resource).href,
  });
