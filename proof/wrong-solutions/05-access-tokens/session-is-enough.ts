import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Who showed a token once is known by the session id from then on, and so is everybody else who knows that id.';
export const caughtBy = ['session-id-as-auth'];

export const createBearerAuth: CreateBearerAuth = ({ verifyAccessToken, challenge }) => {
  const sessions = new Map<string, AuthInfo>();
  return async (request, response, next) => {
    const session = request.get('mcp-session-id');
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    try {
      const known = session === undefined ? undefined : sessions.get(session);
      if (!known && !token) throw new Error('no token');
      request.auth = known ?? (await verifyAccessToken(token ?? ''));
      if (session !== undefined) sessions.set(session, request.auth);
    } catch {
      response.set('www-authenticate', challenge({ error: 'invalid_token' }, request));
      response.status(401).json({ error: 'invalid_token' });
      return;
    }
    next();
  };
};
