import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A token in the address is accepted for clients that cannot set headers; it stays behind in every log on the way.';
export const caughtBy = ['tok-in-query'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const token = sent ?? request.query.access_token;
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
