import type { CacheHints, ChooseCaching } from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

const FIVE_MINUTES_MS = 300_000;
const HOUR_MS = 3_600_000;
const FOR_ALL: CacheHints = { ttlMs: FIVE_MINUTES_MS, cacheScope: 'public' };
const FOR_NOBODY: CacheHints = { ttlMs: 0, cacheScope: 'private' };

const hints =
  (discovery: CacheHints, list: CacheHints): ChooseCaching =>
  ({ method }) =>
    method === 'server/discover' ? discovery : list;

export const mistakes: Mistake[] = [
  {
    name: 'whole-lists-are-public',
    mistake: 'A list from which nothing was hidden is taken for one that everybody may have.',
    caughtBy: ['cache-replays-list'],
    controls: {
      chooseCaching: ({ method, hidden }) =>
        method === 'server/discover' || hidden === 0 ? FOR_ALL : FOR_NOBODY,
    },
  },
  {
    name: 'lists-of-readers-are-public',
    mistake: 'The list of a caller with the least scope is public, as if everybody had that one.',
    caughtBy: ['cache-replays-list'],
    controls: {
      chooseCaching: ({ method, actor }) =>
        method === 'server/discover' || actor?.scopes.join() === 'weather:read'
          ? FOR_ALL
          : FOR_NOBODY,
    },
  },
  {
    name: 'companies-share-lists',
    mistake: 'The list is public for callers of a company, as if all of its people had the same.',
    caughtBy: ['cache-replays-list'],
    controls: {
      chooseCaching: ({ method, actor }) =>
        method === 'server/discover' || actor?.tenant ? FOR_ALL : FOR_NOBODY,
    },
  },
  {
    name: 'public-for-a-second',
    mistake: 'The list is public for a second, in which everybody may ask.',
    caughtBy: ['cache-replays-list'],
    controls: { chooseCaching: hints(FOR_ALL, { ttlMs: 1000, cacheScope: 'public' }) },
  },
  {
    name: 'public-and-stale',
    mistake: 'The list is public and stale at once, and a cache may serve what is stale meanwhile.',
    caughtBy: ['cache-replays-list'],
    controls: { chooseCaching: hints(FOR_ALL, { ttlMs: 0, cacheScope: 'public' }) },
  },
  {
    name: 'private-if-something-was-hidden',
    mistake: 'Only a list from which several tools were hidden is private.',
    caughtBy: ['cache-replays-list'],
    controls: {
      chooseCaching: ({ hidden }) => (hidden > 1 ? FOR_NOBODY : FOR_ALL),
    },
  },
  {
    name: 'nothing-may-be-kept',
    mistake: 'Nothing may be kept by anybody, also what is the same for everybody.',
    caughtBy: ['discovery-is-kept'],
    controls: { chooseCaching: hints(FOR_NOBODY, FOR_NOBODY) },
  },
  {
    name: 'seconds-for-milliseconds',
    mistake: 'The time is given in seconds, where milliseconds are read.',
    caughtBy: ['discovery-is-kept'],
    controls: { chooseCaching: hints({ ...FOR_ALL, ttlMs: 300 }, FOR_NOBODY) },
  },
  {
    name: 'discovery-for-one-caller',
    mistake: 'What the server can do is private, as if it depended on the caller.',
    caughtBy: ['discovery-is-kept'],
    controls: {
      chooseCaching: hints({ ttlMs: FIVE_MINUTES_MS, cacheScope: 'private' }, FOR_NOBODY),
    },
  },
  {
    name: 'minus-one-for-never',
    mistake: 'A time of −1 stands for “not at all”; it has to be 0 or more.',
    caughtBy: ['discovery-is-kept'],
    controls: { chooseCaching: hints(FOR_ALL, { ttlMs: -1, cacheScope: 'private' }) },
  },
  {
    name: 'half-a-millisecond',
    mistake: 'The time is spread by chance, and is no whole number any more.',
    caughtBy: ['discovery-is-kept'],
    controls: { chooseCaching: hints(FOR_ALL, { ttlMs: 0.5, cacheScope: 'private' }) },
  },
  {
    name: 'for-ever',
    mistake: 'The time is Infinity, which JSON does not know.',
    caughtBy: ['discovery-is-kept'],
    controls: {
      chooseCaching: hints({ ttlMs: Number.POSITIVE_INFINITY, cacheScope: 'public' }, FOR_NOBODY),
    },
  },
  {
    name: 'public-for-nobody-in-particular',
    mistake: 'A list that was made for somebody without a token is taken for everybody’s.',
    caughtBy: ['cache-replays-list'],
    controls: {
      chooseCaching: ({ method, actor }) =>
        method === 'server/discover' || actor === undefined ? FOR_ALL : FOR_NOBODY,
    },
  },
  {
    name: 'until-the-full-hour',
    mistake: 'Discovery may be kept until the next full hour, which may be a second away.',
    caughtBy: ['discovery-is-kept'],
    controls: {
      chooseCaching: ({ method }) =>
        method === 'server/discover'
          ? { ttlMs: HOUR_MS - (Date.now() % HOUR_MS), cacheScope: 'public' }
          : FOR_NOBODY,
    },
  },
  {
    name: 'a-minute-and-a-bit',
    mistake: 'Discovery may be kept for a minute and a part of one, which is no whole number.',
    caughtBy: ['discovery-is-kept'],
    controls: { chooseCaching: hints({ ttlMs: 60_514.1, cacheScope: 'public' }, FOR_NOBODY) },
  },
];
