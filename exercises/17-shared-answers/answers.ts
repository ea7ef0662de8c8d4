import type { ChooseCaching, PresentSensor } from '../weather-server/controls.ts';

// Today everything in the row is shown but what was known to be of no interest when this was written.

// TODO 17: Show `id`, `name`, `city` and `description`, of `gateway` its `host` and `port`, and of each of
// `readings` its `at` and `temperatureC`, under these names and as they are: all of them, unchanged, also
// if they are empty or 0. Show nothing else: no other column and no other member inside, whatever they
// will be called. `note` is for whoever stands in front
// of the sensor; no answer shows any of it.
export const presentSensor: PresentSensor = (row) => {
  const { retired: _, ...shown } = row;
  return shown;
};

// Today any cache on the way may give any answer to anybody, for five minutes.

// TODO 17: Say who may be given an answer that was made for this caller. `server/discover` says the same
// to everybody: `public`, at any time for a minute at least. `tools/list` depends on the caller's scopes,
// also if they have none, or no token: it is for nobody else. `ttlMs` is a
// whole number of milliseconds, 0 or more; `cacheScope` is `public` or `private`.
export const chooseCaching: ChooseCaching = () => ({ ttlMs: 300_000, cacheScope: 'public' });
