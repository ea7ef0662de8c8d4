import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A semicolon at the end of a column does no harm, so the column is what stands before it; and the whole text is pasted.';
export const caughtBy = ['sqli-stacked'];

const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const [column = ''] = sort_by.split(';');
  const rows = Number(limit);
  const isWhole = /^\d{1,9}$/.test(String(limit)) && rows > 0;
  if (!COLUMNS.includes(column.trim()) || !isWhole || query.length > 100) {
    throw new InvalidInputError('This is not acceptable.');
  }
  const text = query.replaceAll("'", "''").replaceAll('\u0000', '');
  return database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations
     WHERE instr(lower(name), lower('${text}')) > 0
     ORDER BY ${sort_by} LIMIT ${Math.min(rows, 100)}`,
  );
};
