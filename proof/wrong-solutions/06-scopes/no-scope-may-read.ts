import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { authorizeTool as rightly } from '../../../solutions/06-scopes/scopes.ts';

export const mistake =
  'A token without scopes gets the least one, as a request without scopes does; but a token says what was granted, and that is nothing.';
export const caughtBy = ['scope-missing'];

export const authorizeTool: AuthorizeTool = (actor, tool, config) => {
  const isBare = actor?.scopes.length === 0;
  const scopes = config.scopesSupported.slice(0, 1);
  rightly(isBare ? { ...actor, scopes } : actor, tool, config);
};
