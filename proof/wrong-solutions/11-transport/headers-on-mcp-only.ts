import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Sets the headers on /mcp only: the page that people see has none of them.';
export const caughtBy = ['security-headers'];

export const createSecurityHeaders: CreateSecurityHeaders = () => (request, response, next) => {
  response.removeHeader('x-powered-by');
  if (request.path === '/mcp') {
    response.set({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  }
  next();
};
