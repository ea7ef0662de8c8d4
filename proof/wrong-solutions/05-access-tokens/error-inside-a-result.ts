import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A missing token is answered with HTTP 200 and an error inside the result; no client starts to sign in because of that.';
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
  ({ verifyAccessToken }) =>
  async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      if (!token) throw new Error('no token');
      request.auth = await verifyAccessToken(token);
    } catch {
      const content = [{ type: 'text', text: 'Please sign in first.' }];
      const { id } = request.body as { id: unknown };
      response.json({ jsonrpc: '2.0', id, result: { isError: true, content } });
      return;
    }
    next();
  };
