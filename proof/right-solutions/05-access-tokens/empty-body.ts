import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A refusal is a status and a header, with nothing in the body, whatever was wrong.';

export const createBearerAuth: CreateBearerAuth = (context) => async (request, response, next) => {
  const [, token = ''] = /^bearer +([^ ]+)$/i.exec(request.get('authorization') ?? '') ?? [];
  const verified = await context.verifyAccessToken(token).catch(() => undefined);
  if (verified) {
    request.auth = verified;
    return next();
  }
  const challenge = context.challenge({ error: 'invalid_token' }, request);
  response.status(401).set('www-authenticate', challenge).end();
};
