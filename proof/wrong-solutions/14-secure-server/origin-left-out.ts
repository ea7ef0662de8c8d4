import type { MountPipeline } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The token is checked, so the origin guard seemed to have nothing left to do.';
export const caughtBy = [
  'a-page-of-ours-may-call',
  'order-body-of-strangers',
  'order-other-methods',
  'whole-11-transport',
];

export const mountPipeline: MountPipeline = (app, parts) => {
  app.use(parts.headers);
  app.use(parts.discovery, parts.authorizationServer);
  app.use('/mcp', parts.body, parts.bearer);
  app.all('/mcp', parts.messages);
  app.use(parts.notFound, parts.errors);
};
