import path from 'node:path';
import type {
  BuildUpstreamUrl,
  PingHost,
  ResolveReportPath,
  SearchStations,
} from '../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../exercises/weather-server/errors.ts';

const MOST_ROWS = 100;
const LONGEST_QUERY = 100;

/** What may be sorted by -> the SQL for it. A map of our own texts: nothing sent becomes SQL. */
const ORDER_BY = new Map([
  ['name', 'name, id'],
  ['city', 'city, id'],
  ['country', 'country, id'],
  ['elevation_m', 'elevation_m, id'],
]);

/**
 * A parameterized search (CWE-89). Values are bound; a column name cannot be, so that it is looked up
 * in a map instead. `instr` has no wildcards, unlike `LIKE` (CWE-155). Letters A to Z match in either
 * case, others as they are written, which is all that SQLite's `lower` knows.
 *
 * Does NOT check what the text means: any text of up to 100 characters may be searched for.
 */
export const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
  const orderBy = ORDER_BY.get(sort_by);
  if (orderBy === undefined) {
    throw new InvalidInputError(
      `Stations are sorted by one of ${[...ORDER_BY.keys()].join(', ')}.`,
    );
  }
  if (query.length > LONGEST_QUERY) {
    throw new InvalidInputError(`A query has ${LONGEST_QUERY} characters at most.`);
  }
  return database.query(
    `SELECT id, name, city, country, elevation_m, host FROM stations
     WHERE instr(lower(name), lower($1)) > 0 ORDER BY ${orderBy} LIMIT $2`,
    [query, rowsWithin(limit)],
  );
};

/** A whole number from 1 to 100; more is taken as 100. SQLite reads a negative limit as none. */
function rowsWithin(limit: number | string): number {
  const rows = typeof limit === 'string' && /^\d{1,9}$/.test(limit) ? Number(limit) : limit;
  if (typeof rows !== 'number' || !Number.isSafeInteger(rows) || rows < 1) {
    throw new InvalidInputError('The limit is a whole number from 1 on.');
  }
  return Math.min(rows, MOST_ROWS);
}

/**
 * The real path of a report: links are followed first and the result is compared afterwards (CWE-59),
 * with the real path of the folder and by path segments, because `/srv/data-secret` begins with
 * `/srv/data` (CWE-22). Absence and everything outside get the same answer. Reports are `.txt` files;
 * a folder is none.
 *
 * A lexical check comes before it, so that the file system is not even asked about other places.
 * Does NOT keep somebody who can write to the folder from exchanging the file for a link between this
 * check and the reading of it; that takes opening with O_NOFOLLOW, or a folder nobody else can write.
 */
export const resolveReportPath: ResolveReportPath = async (name, folder, files) => {
  const notThere = new NotFoundError('There is no such report.');
  if (!isInside(path.posix.join(folder, name), folder)) throw notThere;
  let real: string;
  let realFolder: string;
  try {
    real = await files.realpath(path.posix.join(folder, name));
    realFolder = await files.realpath(folder);
  } catch {
    throw notThere;
  }
  if (!isInside(real, realFolder) || !real.endsWith('.txt')) throw notThere;
  return real;
};

function isInside(candidate: string, folder: string): boolean {
  const relative = path.posix.relative(folder, candidate);
  return relative !== '' && relative !== '..' && !relative.startsWith('../');
}

/** Labels of letters, digits and inner hyphens (RFC 1123 §2.1), or an IPv6 address. */
const HOST_NAME =
  /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
const IPV6_ADDRESS = /^[\da-f:]{2,39}$/i;

/**
 * Runs fping itself, with an argument vector: no shell reads the host (CWE-78). fping would still read
 * one that begins with a hyphen as an option (CWE-88), so `--` ends its options, and the pattern lets
 * no such host through either; each of the two would do.
 *
 * Does NOT decide which hosts may be asked. Where the network is not a pretended one, list them.
 */
export const pingHost: PingHost = (host, shell) => {
  if (!HOST_NAME.test(host) && !IPV6_ADDRESS.test(host)) {
    throw new InvalidInputError('The host is a host name or an IP address.');
  }
  return shell.execFile('fping', ['-c', '1', '--', host]);
};

/**
 * Scheme, host and folder are ours; the city is encoded, so that it stays one segment (CWE-918, RFC
 * 3986 §3.3). Encoding leaves dots alone, and `.` and `..` are not names to a URL but steps through
 * it; and it throws for half a surrogate pair. Both are refused.
 *
 * Does NOT guard against an upstream that decodes twice. A city with a percent sign is as good as any.
 */
export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  if (city === '' || city === '.' || city === '..' || !isWellFormed(city)) {
    throw new InvalidInputError('There is no city of this name.');
  }
  return `${baseUrl}${endpoint}/${encodeURIComponent(city)}`;
};

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
