import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A tool that is not shown is thought to be out of reach; a caller who knows its name needs no list.';
export const caughtBy = ['scope-missing', 'scope-confusion', 'scope-nobody-knows', 'scope-nobody'];

/** Nobody can call a tool that they never learn of. */
export const authorizeTool: AuthorizeTool = () => undefined;

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) => {
  const ranks = (actor?.scopes ?? []).map((scope) => scopesSupported.indexOf(scope));
  const highest = Math.max(-1, ...ranks);
  return tools.filter(({ scope }) => scopesSupported.indexOf(scope) <= highest);
};
