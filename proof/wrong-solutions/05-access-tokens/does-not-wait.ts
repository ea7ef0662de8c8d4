import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Nobody waits for the verification: the request has gone on before anybody knows whether the token is valid.';
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
  'accepts-own-tokens',
  'accepts-tokens-until-they-expire',
  'session-id-as-auth',
  'tok-type-confusion',
];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  (request, response, next) => {
    const refuse = (): void => {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
    };
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (!token) return refuse();
    verifyAccessToken(token)
      .then((info) => (request.auth = info))
      .catch(refuse);
    next();
  };
