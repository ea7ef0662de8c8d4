import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Whoever has no token is redirected to the sign-in page, as on a website; an MCP client follows no redirect and waits for a challenge.';
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
  'accepts-tokens-until-they-expire',
  'session-id-as-auth',
  'tok-type-confusion',
];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, config }) =>
  async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      if (!token) throw new Error('no token');
      request.auth = await verifyAccessToken(token);
    } catch {
      response.redirect(new URL('/authorize', config.issuer).href);
      return;
    }
    next();
  };
