import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Whether a request came over TLS is read in X-Forwarded-Proto, which a client writes as it likes where no proxy replaces it.';
export const caughtBy = ['security-headers'];

export const createSecurityHeaders: CreateSecurityHeaders = () => (request, response, next) => {
  response.removeHeader('x-powered-by');
  response.set({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
  });
  if (request.secure || request.get('x-forwarded-proto') === 'https') {
    response.set('strict-transport-security', 'max-age=31536000');
  }
  next();
};
