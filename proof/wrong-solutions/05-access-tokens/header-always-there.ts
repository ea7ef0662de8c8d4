import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The header is split before anybody asked whether it is there: a request without one becomes HTTP 500.';
export const caughtBy = ['tok-missing', 'tok-in-query', 'session-id-as-auth'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const [scheme, token] = request.headers.authorization!.split(' ');
    try {
      if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Error('no token');
      request.auth = await verifyAccessToken(token);
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
