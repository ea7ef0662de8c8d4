import type { RequestHandler } from 'express';
import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The list of tools is kept and given to everybody, though it is another one for each set of scopes.';
export const caughtBy = ['whole-06-scopes'];

function keepList(): RequestHandler {
  let kept: object | undefined;
  return (request, response, next) => {
    const { method, id } = (request.body ?? {}) as { method?: unknown; id?: unknown };
    if (request.method !== 'POST' || method !== 'tools/list') return next();
    if (kept) return void response.json({ ...kept, id });
    const send = response.send.bind(response);
    response.send = (text: string) => {
      if (response.statusCode === 200) kept = JSON.parse(text) as object;
      return send(text);
    };
    next();
  };
}

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer, keepList());
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
