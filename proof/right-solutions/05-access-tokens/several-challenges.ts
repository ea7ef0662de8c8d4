import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The server offers DPoP as well: one challenge in front of Bearer and one behind it, in two header lines.';

export const createBearerAuth: CreateBearerAuth = (context) => async (request, response, next) => {
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.get('authorization') ?? '') ?? [];
  try {
    if (!token) throw new Error('no bearer token');
    request.auth = await context.verifyAccessToken(token);
  } catch {
    const bearer = context.challenge(token ? { error: 'invalid_token' } : {}, request);
    response.append('www-authenticate', `DPoP realm="no bearer, please", algs="ES256", ${bearer}`);
    response.append('www-authenticate', 'Negotiate');
    response.status(401).json({ error: 'invalid_token' });
    return;
  }
  next();
};
