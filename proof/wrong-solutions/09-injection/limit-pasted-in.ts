import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The query is bound and the column is looked up; the limit, harmless as it looks, is pasted in.';
export const caughtBy = ['sqli-order-by'];

const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT ${limit}`,
    [query],
  );
};
