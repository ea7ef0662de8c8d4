import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Only the very scope of the tool counts; an administrator can neither write nor read.';
export const caughtBy = [
  'scopes-include-lesser-ones',
  'lists-what-one-may-call',
  'owners-delete-their-alerts',
];

export const authorizeTool: AuthorizeTool = (actor, { scope }) => {
  if (!actor?.scopes.includes(scope)) throw new InsufficientScopeError([scope]);
};

export const listVisibleTools: ListVisibleTools = (actor, tools) =>
  tools.filter(({ scope }) => actor?.scopes.includes(scope));
