import type {
  BearerAuthContext,
  CreateBearerAuth,
} from '../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../exercises/weather-server/errors.ts';

/** `Bearer` in any case, one or more spaces, and a b64token (RFC 6750 §2.1, RFC 9110 §11.1). */
const CREDENTIALS = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * Lets requests with a valid access token in the Authorization header through, and answers all
 * others with 401 and a challenge (RFC 6750 §3).
 *
 * A token in the query string is ignored (OAuth 2.1, Resource Requests): there it would end up in
 * logs and histories. So is one in a form body, which OAuth lets a server take and MCP does not: its
 * clients must use the header (Token Requirements). Anything but a refused token is an error of ours and goes on
 * to the error handler; it must not look like the client's fault. It does not check scopes.
 */
export const createBearerAuth: CreateBearerAuth = (context) => async (request, response, next) => {
  const refuse = (reason: Parameters<BearerAuthContext['challenge']>[0]): void => {
    // The least scope is enough to begin with (MCP, Scope Selection Strategy).
    const scopes = context.config.scopesSupported.slice(0, 1);
    response
      .status(401)
      .set('www-authenticate', context.challenge({ ...reason, scopes }, request))
      .json({ error: reason.error ?? 'unauthorized', error_description: reason.description });
  };

  const header = request.get('authorization');
  if (!header) {
    refuse({ description: 'An access token is required.' });
    return;
  }
  const token = CREDENTIALS.exec(header)?.[1];
  try {
    if (!token) throw new InvalidTokenError('The Authorization header holds no bearer token.');
    request.auth = await context.verifyAccessToken(token);
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) throw error;
    refuse({ error: 'invalid_token', description: error.message });
    return;
  }
  next();
};
