import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Without its percent sign, `%` is a search for nothing, which every name contains.';
export const caughtBy = ['search-takes-names-literally', 'sqli-like-wildcards'];

const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
  const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%' || $1 || '%' ORDER BY ${sort_by} LIMIT $2`,
    [query.replaceAll(/[%_]/g, ''), rows],
  );
};
