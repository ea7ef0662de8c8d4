import type { SearchStations } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Doubling quotes keeps a text in its quotes, but a column and a number have none around them.';
export const caughtBy = ['sqli-order-by', 'sqli-stacked'];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) =>
  database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, '${query.replaceAll("'", "''")}') > 0 ORDER BY ${sort_by} LIMIT ${limit}`,
  );
