import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The last scope of the token is taken for the greatest; scopes are a set, and come in any order.';
export const caughtBy = ['scopes-include-lesser-ones'];

export const authorizeTool: AuthorizeTool = (actor, tool, { scopesSupported }) => {
  const greatest = scopesSupported.indexOf(actor?.scopes.at(-1) ?? '');
  const needed = scopesSupported.indexOf(tool.scope);
  if (needed === -1 || greatest < needed) throw new InsufficientScopeError([tool.scope]);
};
