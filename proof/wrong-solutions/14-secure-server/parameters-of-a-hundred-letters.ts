import express, { type RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Parameters of the token endpoint are bounded at a hundred letters in front of it, and a code verifier may have 128.';
export const caughtBy = ['whole-03-pkce'];

const LONGEST = 100;

const readForm = express.text({ type: 'application/x-www-form-urlencoded' });
const refuseLong: RequestHandler = (request, response, next) => {
  const parameters = new URLSearchParams(String(request.body ?? ''));
  if ([...parameters.values()].every(({ length }) => length <= LONGEST)) return next();
  response.status(400).json({ error: 'invalid_request' });
};

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use('/token', readForm, refuseLong);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
