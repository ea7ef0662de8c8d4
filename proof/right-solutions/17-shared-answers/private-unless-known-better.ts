import type { ChooseCaching } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Everything is private, but for what is known to be the same for all.';

const SAME_FOR_ALL = new Set<string>(['server/discover']);

export const chooseCaching: ChooseCaching = ({ method, actor }) =>
  SAME_FOR_ALL.has(method)
    ? { ttlMs: 600_000, cacheScope: 'public' }
    : { ttlMs: actor ? 30_000 : 0, cacheScope: 'private' };
