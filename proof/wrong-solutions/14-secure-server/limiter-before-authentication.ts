import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';
import type { RequestHandler } from 'express';
import { decodeJwt } from 'jose';
export const mistake =
  'Requests are counted for whoever the token names, before anybody has verified it: strangers use up the budget of others.';
export const caughtBy = ['whole-10-rate-limits'];

function namedIn(authorization: string | undefined): string {
  try {
    return decodeJwt(authorization?.split(' ')[1] ?? '').sub ?? 'anonymous';
  } catch {
    return 'anonymous';
  }
}

export const mountPipeline: MountPipeline = (app, parts) => {
  const budget = new Map<string, { calls: number; until: number }>();
  const limit: RequestHandler = (request, response, next) => {
    const now = Date.now();
    const subject = namedIn(request.get('authorization'));
    const known = budget.get(subject);
    const used = known && known.until > now ? known : { calls: 0, until: now + 60_000 };
    budget.set(subject, { ...used, calls: used.calls + 1 });
    if (used.calls < 60) return next();
    response.status(429).set('retry-after', '60').json({ error: 'too many requests' });
  };
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, limit, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
