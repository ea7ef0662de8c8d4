import type { ListVisibleTools } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The list shows tools whose very scope was granted: an administrator may call every tool and sees one.';
export const caughtBy = ['lists-what-one-may-call'];

export const listVisibleTools: ListVisibleTools = (actor, tools) =>
  tools.filter(({ scope }) => actor?.scopes.includes(scope));
