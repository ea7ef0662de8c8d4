import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Every request is refused: nothing gets in, and nobody is served.';
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

export const createBearerAuth: CreateBearerAuth =
  ({ challenge }) =>
  (request, response) => {
    response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
    response.status(401).json({ error: 'invalid_token' });
  };
