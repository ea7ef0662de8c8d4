import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'The search is a LIKE whose wildcards are escaped, and columns are a list.';

const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
  const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 1));
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE $1 ESCAPE '!' ORDER BY ${sort_by} LIMIT $2`,
    [`%${query.replaceAll(/[!%_]/g, '!$&')}%`, rows],
  );
};
