import type { SearchStations } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  "SQL is written in many ways; a list of forbidden words always lacks one, and `' <> 'x` has none.";
export const caughtBy = [
  'search-takes-names-literally',
  'sqli-like-wildcards',
  'sqli-order-by',
  'sqli-tautology-union',
];

const KEYWORDS = /\b(?:union|select|or|and|drop|delete|insert|update)\b|--|;|\/\*/gi;

export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const clean = (value: unknown) => String(value).replaceAll(KEYWORDS, '');
  return database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%${clean(query)}%' ORDER BY ${clean(sort_by)} LIMIT ${clean(limit)}`,
  );
};
