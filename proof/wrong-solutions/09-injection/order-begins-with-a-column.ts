import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The order begins with an allowed column, and goes on with whatever was sent.';
export const caughtBy = ['sqli-order-by'];

const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  if (!COLUMNS.some((column) => sort_by.startsWith(column)))
    throw new InvalidInputError('Sort by something else.');
  const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT $2`,
    [query, rows],
  );
};
