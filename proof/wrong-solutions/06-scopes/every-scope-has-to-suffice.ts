import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Every scope of the token has to be enough by itself, so that a lesser one beside it takes the greater one away.';
export const caughtBy = ['scopes-include-lesser-ones', 'scope-nobody-knows'];

const mayUse = (granted: string[], needed: string, supported: string[]): boolean =>
  granted.length > 0 &&
  granted.every((scope) => supported.indexOf(scope) >= supported.indexOf(needed));

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
    throw new InsufficientScopeError([scope]);
  }
};

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
  tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));
