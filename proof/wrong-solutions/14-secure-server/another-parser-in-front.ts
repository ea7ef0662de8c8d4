import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';
import express from 'express';
export const mistake =
  'A parser of its own, with a limit for large uploads, stands in front of the one with limits.';
export const caughtBy = ['whole-11-transport'];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, express.json({ limit: '50mb' }), parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
