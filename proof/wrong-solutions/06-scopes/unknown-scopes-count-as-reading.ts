import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A scope that the server does not know is taken for the least of them, so a token for another purpose may read.';
export const caughtBy = ['scope-missing', 'scope-confusion', 'scope-nobody-knows'];

/** How far a scope reaches. Everybody who has a token may at least read. */
const levelOf = (scope: string, supported: string[]): number =>
  Math.max(supported.indexOf(scope), 0);

const mayUse = (granted: string[], needed: string, supported: string[]): boolean =>
  granted.some((scope) => levelOf(scope, supported) >= levelOf(needed, supported));

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
    throw new InsufficientScopeError([scope]);
  }
};

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
  tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));
