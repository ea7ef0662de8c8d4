import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What each scope includes is written down, word by word, instead of following from an order.';

const INCLUDES = new Map<string, readonly string[]>([
  ['weather:read', ['weather:read']],
  ['weather:write', ['weather:read', 'weather:write']],
  ['weather:admin', ['weather:read', 'weather:write', 'weather:admin']],
]);

const mayUse = (granted: string[], needed: string): boolean =>
  granted.some((scope) => INCLUDES.get(scope)?.includes(needed));

export const authorizeTool: AuthorizeTool = (actor, { scope }) => {
  if (!mayUse(actor?.scopes ?? [], scope)) throw new InsufficientScopeError([scope]);
};

export const listVisibleTools: ListVisibleTools = (actor, tools) =>
  tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope));
