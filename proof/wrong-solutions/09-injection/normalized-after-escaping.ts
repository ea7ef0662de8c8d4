import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { searchStations as rightly } from '../../../solutions/09-injection/station-tools.ts';

export const mistake =
  'Quotes are doubled first and the text is normalized afterwards, so that a quote of full width becomes a quote that nobody has doubled.';
export const caughtBy = ['sqli-tautology-union'];

const escaped = (text: string): string =>
  text.replaceAll("'", "''").replaceAll(/[!%_]/g, '!$&').normalize('NFKC');

export const searchStations: SearchStations = async (search, database) => {
  // Checks column and limit.
  await rightly({ ...search, query: '' }, database);
  const limit = Math.min(Number(search.limit), 100);
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations
     WHERE name LIKE '%${escaped(search.query)}%' ESCAPE '!' ORDER BY ${search.sort_by}, id LIMIT ${limit}`,
  );
};
