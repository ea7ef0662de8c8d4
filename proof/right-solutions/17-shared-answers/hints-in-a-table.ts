import type {
  CacheableAnswer,
  CacheHints,
  ChooseCaching,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Each method has its row; what is the same for everybody may be kept for a day.';

const rows: Record<CacheableAnswer['method'], CacheHints> = {
  'server/discover': { ttlMs: 24 * 60 * 60_000, cacheScope: 'public' },
  'tools/list': { ttlMs: 0, cacheScope: 'private' },
};

export const chooseCaching: ChooseCaching = ({ method }) => rows[method];
