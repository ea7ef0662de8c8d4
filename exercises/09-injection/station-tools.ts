import type {
  BuildUpstreamUrl,
  PingHost,
  ResolveReportPath,
  SearchStations,
} from '../weather-server/controls.ts';

// Today every one of these pastes what a caller sent into a language of its own: SQL, a path, a
// command line, a URL. Whatever the caller writes in that language is carried out.

// TODO 09: Find the stations whose name contains `query`, every character of it meaning itself, `%`
// and `_`, apostrophes and brackets as well: nothing sent ever becomes part of a statement. Sort by
// name, city, country or elevation_m, and by nothing else. `limit` is a number or a text of digits;
// never give more than 100 rows. What is not acceptable is an `InvalidInputError`
// (weather-server/errors.ts).
export const searchStations: SearchStations = ({ query, sort_by, limit }, database) =>
  database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%${query}%' ORDER BY ${sort_by} LIMIT ${limit}`,
  );

// TODO 09: Give the path of a report inside `folder`, whatever `name` says and wherever links lead.
// Anything else is a `NotFoundError`, the same for what is outside and for what is not there: a
// model is told NOT_FOUND.
export const resolveReportPath: ResolveReportPath = async (name, folder) => `${folder}/${name}`;

// TODO 09: Ask exactly one host. No part of `host` may be read by a shell, or by fping as an
// option.
export const pingHost: PingHost = (host, shell) => shell.exec(`fping -c 1 ${host}`);

// TODO 09: Whatever the city is called, it is one segment of the path below `baseUrl` and
// `endpoint`, and not one that a URL reads as a step. What cannot be that is an
// `InvalidInputError`.
export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  new URL(city, `${baseUrl}${endpoint}/`).href;
