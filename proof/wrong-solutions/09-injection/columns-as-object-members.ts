import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'What may be sorted by is looked up in an object, which knows constructor and toString as well, and their text ends up in the statement.';
export const caughtBy = ['sqli-order-by'];

const ORDER_BY: Record<string, string> = {
  name: 'name, id',
  city: 'city, id',
  country: 'country, id',
  elevation_m: 'elevation_m, id',
};

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const orderBy = ORDER_BY[sort_by];
  if (orderBy === undefined) throw new InvalidInputError('Sort by something else.');
  const rows = typeof limit === 'string' && /^\d{1,9}$/.test(limit) ? Number(limit) : limit;
  if (typeof rows !== 'number' || !Number.isSafeInteger(rows) || rows < 1 || query.length > 100) {
    throw new InvalidInputError('This is not acceptable.');
  }
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations
     WHERE instr(lower(name), lower($1)) > 0 ORDER BY ${orderBy} LIMIT $2`,
    [query, Math.min(rows, 100)],
  );
};
