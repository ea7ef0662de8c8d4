import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'An expired token is refused in the same words as a missing one: without invalid_token a client cannot know that refreshing would help.';
export const caughtBy = ['tok-expired'];

export const createBearerAuth: CreateBearerAuth = (context) => async (request, response, next) => {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  try {
    if (!token) throw new Error('no token');
    request.auth = await context.verifyAccessToken(token);
  } catch {
    response.set('www-authenticate', context.challenge({}, request));
    response.status(401).json({ error: 'unauthorized' });
    return;
  }
  next();
};
