import type { SearchStations } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  "Quotes are taken out for fear of SQL, so Xi'an is not found; and the order and the limit need no quote to be SQL.";
export const caughtBy = [
  'search-takes-names-literally',
  'sqli-like-wildcards',
  'sqli-order-by',
  'sqli-stacked',
  'sqli-tautology-union',
];

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const clean = (value: unknown) => String(value).replaceAll(/['"`]/g, '');
  return database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%${clean(query)}%' ORDER BY ${clean(sort_by)} LIMIT ${clean(limit)}`,
  );
};
