import type { ListVisibleTools } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A token without scopes is taken for one without limits when tools are listed.';
export const caughtBy = ['tools-list-tells-all'];

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported: s }) =>
  !actor?.scopes.length
    ? tools
    : tools.filter(({ scope }) => actor.scopes.some((one) => s.indexOf(one) >= s.indexOf(scope)));
