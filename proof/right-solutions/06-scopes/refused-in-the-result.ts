import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The refusal is a tool result that is an error, and names the scope, instead of HTTP 403.';

export const authorizeTool: AuthorizeTool = (actor, tool, { scopesSupported }) => {
  const least = scopesSupported.indexOf(tool.scope);
  for (const scope of actor?.scopes ?? []) {
    if (least >= 0 && scopesSupported.indexOf(scope) >= least) return;
  }
  throw new InvalidInputError(`It takes the scope ${tool.scope} to use this tool.`);
};
