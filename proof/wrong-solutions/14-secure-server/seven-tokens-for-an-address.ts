import type { RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Requests for tokens are limited to seven a minute for each address, and a whole office has one; its clients hear nothing of a grant.';
export const caughtBy = ['whole-04-token-grants'];

const MINUTE_MS = 60_000;
const MOST = 7;

function limitByAddress(): RequestHandler {
  const counts = new Map<string | undefined, number>();
  let endsAt = 0;
  return (request, response, next) => {
    const now = Date.now();
    if (now >= endsAt) {
      counts.clear();
      endsAt = now + MINUTE_MS;
    }
    const count = (counts.get(request.ip) ?? 0) + 1;
    counts.set(request.ip, count);
    if (count <= MOST) return next();
    response.status(429).set('retry-after', '60').json({ error: 'slow_down' });
  };
}

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use('/token', limitByAddress());
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
