import type { ChooseCaching } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Whoever lists the tools may use the list again for a minute, with the same token.';

export const chooseCaching: ChooseCaching = ({ method }) => {
  const isForAll = method === 'server/discover';
  return { ttlMs: 60_000, cacheScope: isForAll ? 'public' : 'private' };
};
