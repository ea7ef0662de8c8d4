import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A missing token is answered with 403, which tells a client never to try again instead of to sign in.';
export const caughtBy = ['tok-missing', 'tok-malformed', 'tok-in-query', 'session-id-as-auth'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (!token) {
      response.status(403).json({ error: 'access_denied' });
      return;
    }
    try {
      request.auth = await verifyAccessToken(token);
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
