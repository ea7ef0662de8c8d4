import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { authorizeTool as authorizeActor } from '../../../solutions/06-scopes/scopes.ts';

export const mistake =
  'Scopes are compared if there is an actor: a caller that nobody knows has nothing to compare, and passes.';
export const caughtBy = ['scope-nobody'];

export const authorizeTool: AuthorizeTool = (actor, tool, config) => {
  if (!actor) return;
  authorizeActor(actor, tool, config);
};
