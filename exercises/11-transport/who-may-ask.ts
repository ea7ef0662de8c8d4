import type { CreateOriginGuard, CreateSecurityHeaders } from '../weather-server/controls.ts';

// Today this server tells browsers nothing about how to treat its answers, and lets the pages of
// all the world read them: whatever origin a request comes from is the one that is allowed. Nobody
// is refused, and nobody asks under which name the server was addressed.

// TODO 11: Set security headers on every answer: no guessing of content types, no framing, and no
// word on what the server is made of. Strict-Transport-Security only where the request came over
// TLS, which no header says: there is no proxy in front.
export const createSecurityHeaders: CreateSecurityHeaders = () => (_request, _response, next) =>
  next();

// TODO 11: Refuse with 403 a request whose Origin is not in `config.allowedOrigins`, and one whose
// Host is not in `config.allowedHosts`, whatever its port. A request without Origin may pass. Let
// the pages of allowed origins in: answer their preflights, and let them read WWW-Authenticate.
export const createOriginGuard: CreateOriginGuard = () => (request, response, next) => {
  response.set('access-control-allow-origin', request.get('origin') ?? '*');
  if (request.method !== 'OPTIONS') return next();
  response.set('access-control-allow-methods', '*').set('access-control-allow-headers', '*');
  response.sendStatus(204);
};
