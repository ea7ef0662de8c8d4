import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Requests from this machine pass without a token, to make development easy; behind a proxy every request comes from this machine.';
export const caughtBy = ['tok-missing', 'tok-malformed', 'tok-in-query', 'session-id-as-auth'];

export const createBearerAuth: CreateBearerAuth =
  ({ verifyAccessToken, challenge, config }) =>
  async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      if (token) {
        request.auth = await verifyAccessToken(token);
      } else if (request.ip === '127.0.0.1') {
        const extra = { issuer: config.issuer, subject: 'developer' };
        request.auth = { token: '', clientId: 'local', scopes: config.scopesSupported, extra };
      } else {
        throw new Error('no token');
      }
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
