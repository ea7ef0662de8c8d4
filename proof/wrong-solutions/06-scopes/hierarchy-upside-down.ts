import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The scopes are ordered from least to greatest, and were read the other way round: a reader is an administrator.';
export const caughtBy = [
  'scope-missing',
  'scope-confusion',
  'tools-list-tells-all',
  'scopes-include-lesser-ones',
  'lists-what-one-may-call',
  'owners-delete-their-alerts',
];

/** Each scope includes those after it. */
const mayUse = (granted: string[], needed: string, supported: string[]): boolean =>
  granted.some((scope) => {
    const rank = supported.indexOf(scope);
    return rank !== -1 && rank <= supported.indexOf(needed);
  });

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
    throw new InsufficientScopeError([scope]);
  }
};

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
  tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));
