import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'With the m flag, `$` matches at the end of every line, and a condition may stand on the next.';
export const caughtBy = ['sqli-order-by'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  if (!/^(?:name|city|country|elevation_m)$/m.test(sort_by))
    throw new InvalidInputError('Sort by something else.');
  const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT $2`,
    [query, rows],
  );
};
