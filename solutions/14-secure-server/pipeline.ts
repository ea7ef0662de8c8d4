import type { MountPipeline, OrderCallSteps } from '../../exercises/weather-server/controls.ts';

/**
 * Every answer has the security headers, those of refusals and unknown routes included; only the
 * health check is the server's own. Origin and Host are checked before a single byte of the body is
 * read, and the body is read before the token, because a refused call is to be logged with the name
 * of its tool. On `/mcp` the guards stand in front of every method, not only of the expected one.
 *
 * `/authorize` is left out of the origin guard: browsers come to it from other sites, which is its
 * purpose. It checks Host itself, and topic 03 guards its form. Errors are handled last, because Express hands an error to
 * handlers that were mounted after the part it comes from.
 */
export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(['/.well-known', '/token', '/register', '/jwks'], parts.origin);
  app.use(parts.discovery);
  app.use(parts.authorizationServer);
  app.use('/mcp', parts.origin, parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound);
  app.use(parts.errors);
};

/**
 * Audit outermost, so that refusals leave a line too. Then what costs least and says most: who may
 * not call the tool is not counted, and arguments are looked at only within the budget, so that
 * invalid calls are not free.
 */
export const orderCallSteps: OrderCallSteps = ({ audit, authorize, limit, validate }) => [
  audit,
  authorize,
  limit,
  validate,
];
