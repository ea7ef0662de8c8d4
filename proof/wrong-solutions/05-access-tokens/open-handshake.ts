import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The first messages of a session are let through so that clients can get started; they start with the challenge, and it never comes.';
export const caughtBy = ['tok-missing'];

const PUBLIC_METHODS = ['initialize', 'notifications/initialized', 'ping'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const { method } = (request.body ?? {}) as { method?: string };
    if (method !== undefined && PUBLIC_METHODS.includes(method)) return next();
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
