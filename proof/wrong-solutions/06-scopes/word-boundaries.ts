import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A scope is looked for between word boundaries; colons and commas are boundaries too, and most of a scope is not the scope.';
export const caughtBy = ['scope-confusion'];

/** The needed scope, or one that includes it, as a whole word of the list. */
function mayUse(granted: string[], needed: string, supported: string[]): boolean {
  const sufficient = supported.slice(supported.indexOf(needed));
  return new RegExp(`\\b(?:${sufficient.join('|')})\\b`).test(granted.join(' '));
}

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
    throw new InsufficientScopeError([scope]);
  }
};

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
  tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));
