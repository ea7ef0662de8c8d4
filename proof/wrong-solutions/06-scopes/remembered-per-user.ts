import type { AuthorizeTool } from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'What a user was granted is remembered for the user, but it was granted to one token.';
export const caughtBy = ['scope-missing', 'scope-nobody-knows'];

const seen = new Map<string, Set<string>>();
export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported: s }) => {
  const all = seen.get(actor?.subject ?? '') ?? new Set();
  seen.set(actor?.subject ?? '', all);
  for (const one of actor?.scopes ?? []) all.add(one);
  if (![...all].some((one) => s.indexOf(one) >= s.indexOf(scope)))
    throw new InsufficientScopeError([scope]);
};
