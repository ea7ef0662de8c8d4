import type { ListVisibleTools } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The list compares scopes without regard to case, and calls are refused by another rule.';
export const caughtBy = ['tools-list-tells-all'];

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported: s }) =>
  tools.filter(({ scope }) =>
    actor?.scopes.some((one) => s.indexOf(one.toLowerCase()) >= s.indexOf(scope)),
  );
