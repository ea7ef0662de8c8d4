import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'The refusal is a tool result of its own, JSON with the scope in it.';

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  const sufficient = scopesSupported.includes(scope)
    ? scopesSupported.slice(scopesSupported.indexOf(scope))
    : [];
  if (!actor?.scopes.some((granted) => sufficient.includes(granted))) {
    throw new InvalidInputError(JSON.stringify({ error: { code: 'INSUFFICIENT_SCOPE', scope } }));
  }
};
