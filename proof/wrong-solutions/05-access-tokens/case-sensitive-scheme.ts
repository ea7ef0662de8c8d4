import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only “Bearer” with a capital B counts, though names of schemes are not case-sensitive: honest clients are refused.';
export const caughtBy = ['accepts-scheme-in-any-case'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const header = request.get('authorization') ?? '';
    try {
      if (!header.startsWith('Bearer ')) throw new Error('no token');
      request.auth = await verifyAccessToken(header.slice('Bearer '.length));
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
