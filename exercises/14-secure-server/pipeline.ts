import type { MountPipeline, OrderCallSteps } from '../weather-server/controls.ts';

// Every part of the server is here, and each was mounted where it first seemed to be needed. Express
// asks handlers in the order in which they were mounted, so that some of them come too late, some
// guard one method only, and one catches nothing at all.

// TODO 14: Mount all parts so that each request meets them in an order you can defend. `/authorize`
// is a page that browsers come to from other sites: the origin guard has no business there.
export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.errors);
  app.use(['/.well-known', '/token', '/register'], parts.origin);
  app.use(parts.discovery);
  app.use(parts.authorizationServer);
  app.post('/mcp', parts.body, parts.origin, parts.bearer, parts.messages);
  app.all('/mcp', parts.body, parts.messages);
  app.use(parts.headers);
  app.use(parts.notFound);
};

// TODO 14: Put the steps of a tool call in order, the outermost first. Which calls leave no line in
// the audit log as it is? Every call counts against the limit, also one whose arguments are refused.
export const orderCallSteps: OrderCallSteps = ({ authorize, limit, validate, audit }) => [
  authorize,
  limit,
  validate,
  audit,
];
