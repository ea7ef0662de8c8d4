import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';
import { Router } from 'express';
export const idea = 'A router of its own holds everything that concerns /mcp.';

export const mountPipeline: MountPipeline = (app, parts) => {
  const mcp = Router();
  mcp.use(parts.origin, parts.body, parts.bearer, parts.messages);
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register'], parts.origin);
  app.use(parts.authorizationServer, parts.discovery);
  app.use(/^\/mcp\/?$/i, mcp);
  app.use(parts.notFound, parts.errors);
};
