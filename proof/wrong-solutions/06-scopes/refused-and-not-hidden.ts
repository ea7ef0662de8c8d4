import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Calls are refused, so the list was left as it is; every tool on it is an invitation to the model all the same.';
export const caughtBy = ['tools-list-tells-all'];

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  const sufficient = scopesSupported.slice(scopesSupported.indexOf(scope));
  if (!actor?.scopes.some((granted) => sufficient.includes(granted))) {
    throw new InsufficientScopeError([scope]);
  }
};

export const listVisibleTools: ListVisibleTools = (_actor, tools) => tools;
