import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The body of a 401 is a JSON-RPC error, and a header that is no bearer token gets 400 invalid_request.';

export const createBearerAuth: CreateBearerAuth = (context) => async (request, response, next) => {
  const refuse = (status: 400 | 401, error: 'invalid_request' | 'invalid_token'): void => {
    response
      .status(status)
      .set('www-authenticate', context.challenge({ error }, request))
      .json({ jsonrpc: '2.0', id: null, error: { code: -32001, message: error } });
  };
  const header = request.get('authorization');
  if (header && !/^Bearer +[\w.~+/-]+=*$/i.test(header)) return refuse(400, 'invalid_request');
  try {
    request.auth = await context.verifyAccessToken(header?.split(/ +/)[1] ?? '');
  } catch {
    return refuse(401, 'invalid_token');
  }
  next();
};
