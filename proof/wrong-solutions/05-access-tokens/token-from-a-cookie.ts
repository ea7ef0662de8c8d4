import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A page may keep its token in a cookie, and a browser sends that along, whichever page asks.';
export const caughtBy = ['tok-in-query'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const [, kept] = /(?:^|; *)access_token=([^;]+)/.exec(request.get('cookie') ?? '') ?? [];
    const token = sent ?? kept;
    try {
      if (typeof token !== 'string') throw new Error('no token');
      request.auth = await verifyAccessToken(token);
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
