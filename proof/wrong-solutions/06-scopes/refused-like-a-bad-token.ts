import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The token is called invalid, though it is not: nothing tells the client which scope to ask its user for.';
export const caughtBy = ['scope-missing', 'scope-confusion'];

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  const sufficient = scopesSupported.slice(scopesSupported.indexOf(scope));
  if (!actor?.scopes.some((granted) => sufficient.includes(granted))) {
    throw new InvalidTokenError('This token is not good enough. Please sign in again.');
  }
};
