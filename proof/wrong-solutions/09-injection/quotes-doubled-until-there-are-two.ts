import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'A text that has a doubled quote somewhere counts as escaped already.';
export const caughtBy = ['sqli-tautology-union'];

const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
  const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
  return database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE ((instr(lower(name), lower(('${query.includes("''") ? query : query.replaceAll("'", "''")}'))) > 0)) ORDER BY ${sort_by} LIMIT ${rows}`,
  );
};
