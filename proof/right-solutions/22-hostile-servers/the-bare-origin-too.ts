import type { PlanSignIn } from '../../../exercises/weather-server/controls.ts';
import { planSignIn as rightly } from '../../../solutions/22-hostile-servers/sign-in.ts';

export const idea =
  'As clients do, it takes metadata for the whole origin of the server, and asks for tokens for the server.';

export const planSignIn: PlanSignIn = (documents) => {
  const { url } = documents.server;
  const resource = (documents.resourceMetadata as { resource?: unknown } | undefined)?.resource;
  const { origin } = new URL(url);
  const isOrigin = resource === origin || resource === `${origin}/`;
  return rightly(isOrigin ? { ...documents, resourceMetadata: { resource: url } } : documents);
};
