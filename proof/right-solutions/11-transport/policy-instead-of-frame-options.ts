import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'frame-ancestors in the policy instead of X-Frame-Options, and nothing stored unless somebody says otherwise.';

export const createSecurityHeaders: CreateSecurityHeaders = () => (request, response, next) => {
  request.app.disable('x-powered-by');
  response.removeHeader('X-Powered-By');
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  });
  if (request.secure) response.set('Strict-Transport-Security', 'max-age=63072000');
  next();
};
