import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The challenge lists every scope that would be enough, the least of them first.';

const sufficientFor = (needed: string, supported: string[]): string[] =>
  supported.includes(needed) ? supported.slice(supported.indexOf(needed)) : [];

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  const sufficient = new Set(sufficientFor(scope, scopesSupported));
  if (actor?.scopes.some((granted) => sufficient.has(granted))) return;
  throw new InsufficientScopeError([...sufficient]);
};

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) => {
  const granted = new Set(actor?.scopes);
  return tools.filter(({ scope }) =>
    sufficientFor(scope, scopesSupported).some((one) => granted.has(one)),
  );
};
