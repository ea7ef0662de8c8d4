import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The challenge is written by hand and names no resource_metadata: a client learns that it needs a token, and not where to get one.';
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
  'session-id-as-auth',
  'tok-type-confusion',
];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken }) =>
  async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      if (!token) throw new Error('no token');
      request.auth = await verifyAccessToken(token);
    } catch {
      response.set('www-authenticate', 'Bearer realm="weather", error="invalid_token"');
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
