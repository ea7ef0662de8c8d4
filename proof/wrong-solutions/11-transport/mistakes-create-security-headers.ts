import helmet from 'helmet';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'frames-from-anywhere',
    mistake:
      'A policy without frame-ancestors, which default-src does not stand for, and no X-Frame-Options.',
    caughtBy: ['security-headers'],
    controls: {
      createSecurityHeaders: () =>
        helmet({
          contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } },
          xFrameOptions: false,
        }),
    },
  },
  {
    name: 'headers-of-the-course-module',
    mistake: 'The three headers, and Express still says X-Powered-By with every answer.',
    caughtBy: ['security-headers'],
    controls: {
      createSecurityHeaders: () => (_request, response, next) => {
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('X-Frame-Options', 'DENY');
        response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
        next();
      },
    },
  },
  {
    name: 'headers-on-mcp-only',
    mistake: 'Sets the headers on /mcp only: the page that people see has none of them.',
    caughtBy: ['security-headers'],
    controls: {
      createSecurityHeaders: () => (request, response, next) => {
        response.removeHeader('x-powered-by');
        if (request.path === '/mcp') {
          response.set({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
        }
        next();
      },
    },
  },
  {
    name: 'headers-only-on-success',
    mistake:
      'Sets the headers when an answer is sent as JSON, so that refusals and pages go without.',
    caughtBy: ['security-headers'],
    controls: {
      createSecurityHeaders: () => (_request, response, next) => {
        response.removeHeader('x-powered-by');
        const json = response.json.bind(response);
        response.json = (body) => {
          response.set({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
          return json(body);
        };
        next();
      },
    },
  },
  {
    name: 'tls-by-a-forwarded-header',
    mistake:
      'Whether a request came over TLS is read in X-Forwarded-Proto, which a client writes as it likes where no proxy replaces it.',
    caughtBy: ['security-headers'],
    controls: {
      createSecurityHeaders: () => (request, response, next) => {
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
      },
    },
  },
];
