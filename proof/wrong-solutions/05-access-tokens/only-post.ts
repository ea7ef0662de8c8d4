import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only POST is guarded, since only POST does anything today; authorization is for every request.';
export const caughtBy = ['tok-missing'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    if (request.method !== 'POST') return next();
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      if (!token) throw new Error('no token');
      request.auth = await verifyAccessToken(token);
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
