import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The tools that need more than reading are listed by name, and the list is not complete.';
export const caughtBy = ['scope-missing', 'scope-nobody-knows'];

const NEEDS: Record<string, string> = {
  save_alert: 'weather:write',
  list_all_alerts: 'weather:admin',
};
export const authorizeTool: AuthorizeTool = (actor, { name }, { scopesSupported: s }) => {
  const scope = NEEDS[name] ?? 'weather:read';
  if (!actor?.scopes.some((one) => s.indexOf(one) >= s.indexOf(scope)))
    throw new InsufficientScopeError([scope]);
};
