import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A needed scope that is not in the list has the position −1, and everything granted is at least that.';
export const caughtBy = ['scope-nobody-knows'];

export const authorizeTool: AuthorizeTool = (actor, tool, { scopesSupported }) => {
  const needed = scopesSupported.indexOf(tool.scope);
  const granted = actor?.scopes.map((scope) => scopesSupported.indexOf(scope)) ?? [];
  if (!granted.some((rank) => rank >= needed)) throw new InsufficientScopeError([tool.scope]);
};
