import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'The three headers, and Express still says X-Powered-By with every answer.';
export const caughtBy = ['security-headers'];

export const createSecurityHeaders: CreateSecurityHeaders = () => (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  next();
};
