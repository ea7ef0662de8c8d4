import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';

export const idea = 'The refusal is a tool result of its own, JSON with the scope in it.';

import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported: s }) => {
  if (!actor?.scopes.some((one) => s.indexOf(one) >= s.indexOf(scope)))
    throw new InvalidInputError(JSON.stringify({ error: { code: 'INSUFFICIENT_SCOPE', scope } }));
};
