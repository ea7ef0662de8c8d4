import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The token is verified, and then a header of the request says who is calling: anybody with a token is everybody.';
export const caughtBy = ['accepts-own-tokens'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge }) =>
  async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      if (!token) throw new Error('no token');
      const info = await verifyAccessToken(token);
      const subject = request.get('x-user-id') ?? info.extra?.subject;
      request.auth = { ...info, extra: { ...info.extra, subject } };
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
