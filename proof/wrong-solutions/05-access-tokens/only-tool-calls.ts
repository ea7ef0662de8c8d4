import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only tools/call is guarded; what the server offers, and to whom, is told to anybody who asks.';
export const caughtBy = ['tok-missing'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const { method } = (request.body ?? {}) as { method?: unknown };
    if (request.method === 'POST' && method !== 'tools/call') return next();
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
