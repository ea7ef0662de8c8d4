import type { SearchStations } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A placeholder is a value: the rows are sorted by the word `city`, which is the same for all of them.';
export const caughtBy = ['search-sorts-and-limits'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
  return database.query(
    'SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY $2 LIMIT $3',
    [query, sort_by, rows],
  );
};
