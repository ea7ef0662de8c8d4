import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Searches are for letters, marks, digits and a few signs; the quotes that may stand in names are doubled as SQL asks for.';

const ORDERS: Record<string, string> = {
  name: 'name COLLATE NOCASE',
  city: 'city COLLATE NOCASE',
  country: 'country',
  elevation_m: 'elevation_m',
};

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const order = Object.hasOwn(ORDERS, sort_by) ? ORDERS[sort_by] : undefined;
  if (
    !/^[\p{L}\p{M}\p{N} .'’%_\\-]{1,80}$/u.test(query) ||
    !order ||
    !/^\d{1,3}$/.test(String(limit))
  ) {
    throw new InvalidInputError('There are no such stations.');
  }
  const rows = Math.min(100, Number(limit));
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, '${query.replaceAll("'", "''")}') > 0 ORDER BY ${order} LIMIT ${rows}`,
  );
};
