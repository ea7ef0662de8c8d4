import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A header of its own is accepted for clients behind a proxy that uses Authorization itself; whatever keeps tokens out of logs does not know it.';
export const caughtBy = ['tok-in-query'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const [, sent] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const token = sent ?? request.get('x-access-token');
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
