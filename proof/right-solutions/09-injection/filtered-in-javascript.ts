import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import type { Row } from '../../../exercises/weather-server/world/database.ts';

export const idea =
  'SQL reads a constant; searching, sorting and counting are done in JavaScript, and an odd limit is refused.';

const COLUMNS = new Set(['name', 'city', 'country', 'elevation_m']);

export const searchStations: SearchStations = async ({ query, sort_by, limit }, database) => {
  const most = Number(limit);
  if (!COLUMNS.has(sort_by) || !(most >= 1 && most <= 100)) {
    throw new InvalidInputError('Not an order or a limit.');
  }
  const rows = await database.query(
    'SELECT id, name, city, country, elevation_m, host FROM stations',
  );
  const valueOf = (row: Row): string | number => row[sort_by] as string | number;
  return rows
    .filter(({ name }) => String(name).toLowerCase().includes(query.toLowerCase()))
    .sort((a, b) => (valueOf(a) < valueOf(b) ? -1 : valueOf(a) > valueOf(b) ? 1 : 0))
    .slice(0, Math.floor(most));
};
