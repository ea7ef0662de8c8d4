import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Sets the headers when an answer is sent as JSON, so that refusals and pages go without.';
export const caughtBy = ['security-headers'];

export const createSecurityHeaders: CreateSecurityHeaders = () => (_request, response, next) => {
  response.removeHeader('x-powered-by');
  const json = response.json.bind(response);
  response.json = (body) => {
    response.set({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    return json(body);
  };
  next();
};
