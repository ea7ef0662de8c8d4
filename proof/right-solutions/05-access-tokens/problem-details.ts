import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Refusals have a body of application/problem+json (RFC 9457).';

export const createBearerAuth: CreateBearerAuth = (context) => async (request, response, next) => {
  const refuse = (detail: string, error?: 'invalid_token'): void => {
    response
      .status(401)
      .set('www-authenticate', context.challenge({ error }, request))
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', status: 401, title: 'Unauthorized', detail }));
  };
  const header = request.headers.authorization;
  if (!header) return refuse('Sign in first.');
  const [scheme, token, ...more] = header.trim().split(/ +/);
  if (scheme?.toLowerCase() !== 'bearer' || !token || more.length > 0) {
    return refuse('The Authorization header holds no bearer token.', 'invalid_token');
  }
  try {
    request.auth = await context.verifyAccessToken(token);
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) throw error;
    return refuse('The token is not valid here.', 'invalid_token');
  }
  next();
};
