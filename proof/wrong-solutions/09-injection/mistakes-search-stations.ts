import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import { searchStations as rightly } from '../../../solutions/09-injection/station-tools.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'apostrophes-refused',
    mistake:
      "The query is bound, and apostrophes are refused all the same: nobody finds Xi'an any more.",
    caughtBy: ['search-takes-names-literally'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by) || /['";]/.test(query))
          throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT $2`,
          [query, rows],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'backslash-before-quotes',
    mistake: 'A backslash means nothing to SQLite; the quote behind it ends the text as ever.',
    caughtBy: ['search-takes-names-literally', 'sqli-stacked', 'sqli-tautology-union'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, '${query.replaceAll("'", "\\'")}') > 0 ORDER BY ${sort_by} LIMIT ${rows}`,
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'bound-in-a-like',
    mistake:
      'A placeholder keeps the text a text; LIKE still reads percent signs and underscores in it.',
    caughtBy: ['search-takes-names-literally', 'sqli-like-wildcards'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%' || $1 || '%' ORDER BY ${sort_by} LIMIT $2`,
          [query, rows],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'counted-by-a-second-statement',
    mistake:
      'The search itself binds its text; a count that goes before it does not, since its result is shown to nobody.',
    caughtBy: ['sqli-stacked', 'sqli-tautology-union'],
    controls: {
      searchStations: async (search, database) => {
        const counted = await database
          .exec(`SELECT count(*) AS found FROM stations WHERE name LIKE '%${search.query}%'`)
          .catch(() => []); // It only saves work.
        if (counted[0]?.found === 0) return [];
        return rightly(search, database);
      },
    },
  },
  {
    name: 'escape-not-escaped',
    mistake:
      'With ESCAPE, the escape character has a meaning as well: a backslash in a name escapes what follows.',
    caughtBy: ['search-takes-names-literally'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE $1 ESCAPE '\\' ORDER BY ${sort_by} LIMIT $2`,
          [`%${query.replaceAll(/[%_]/g, '\\$&')}%`, rows],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'first-quote-doubled',
    mistake:
      'replace() with a text changes its first occurrence only; the second quote is still one.',
    caughtBy: ['sqli-stacked', 'sqli-tautology-union'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, '${query.replace("'", "''")}') > 0 ORDER BY ${sort_by} LIMIT ${rows}`,
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'keywords-removed',
    mistake:
      "SQL is written in many ways; a list of forbidden words always lacks one, and `' <> 'x` has none.",
    caughtBy: [
      'search-takes-names-literally',
      'sqli-like-wildcards',
      'sqli-order-by',
      'sqli-tautology-union',
    ],
    controls() {
      const KEYWORDS = /\b(?:union|select|or|and|drop|delete|insert|update)\b|--|;|\/\*/gi;

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        const clean = (value: unknown) => String(value).replaceAll(KEYWORDS, '');
        return database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%${clean(query)}%' ORDER BY ${clean(sort_by)} LIMIT ${clean(limit)}`,
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'limit-below-zero',
    mistake:
      'The limit has an upper bound and no lower one, and to SQLite minus one means all rows.',
    caughtBy: ['sqli-order-by'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT $2`,
          [query, Math.min(100, Number(limit))],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'limit-pasted-in',
    mistake:
      'The query is bound and the column is looked up; the limit, harmless as it looks, is pasted in.',
    caughtBy: ['sqli-order-by'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT ${limit}`,
          [query],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'normalized-after-escaping',
    mistake:
      'Quotes are doubled first and the text is normalized afterwards, so that a quote of full width becomes a quote that nobody has doubled.',
    caughtBy: ['sqli-tautology-union'],
    controls() {
      const escaped = (text: string): string =>
        text.replaceAll("'", "''").replaceAll(/[!%_]/g, '!$&').normalize('NFKC');

      const searchStations: SearchStations = async (search, database) => {
        // Checks column and limit.
        await rightly({ ...search, query: '' }, database);
        const limit = Math.min(Number(search.limit), 100);
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations
     WHERE name LIKE '%${escaped(search.query)}%' ESCAPE '!' ORDER BY ${search.sort_by}, id LIMIT ${limit}`,
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'order-begins-with-a-column',
    mistake: 'The order begins with an allowed column, and goes on with whatever was sent.',
    caughtBy: ['sqli-order-by'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.some((column) => sort_by.startsWith(column)))
          throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT $2`,
          [query, rows],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'order-bound',
    mistake:
      'A placeholder is a value: the rows are sorted by the word `city`, which is the same for all of them.',
    caughtBy: ['search-sorts-and-limits'],
    controls: {
      searchStations: ({ query, sort_by, limit }, database) => {
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          'SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY $2 LIMIT $3',
          [query, sort_by, rows],
        );
      },
    },
  },
  {
    name: 'order-matched-line-by-line',
    mistake:
      'With the m flag, `$` matches at the end of every line, and a condition may stand on the next.',
    caughtBy: ['sqli-order-by'],
    controls: {
      searchStations: ({ query, sort_by, limit }, database) => {
        if (!/^(?:name|city|country|elevation_m)$/m.test(sort_by))
          throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, $1) > 0 ORDER BY ${sort_by} LIMIT $2`,
          [query, rows],
        );
      },
    },
  },
  {
    name: 'quotes-doubled',
    mistake:
      'Doubling quotes keeps a text in its quotes, but a column and a number have none around them.',
    caughtBy: ['sqli-order-by', 'sqli-stacked'],
    controls: {
      searchStations: ({ query, sort_by, limit }, database) =>
        database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE instr(name, '${query.replaceAll("'", "''")}') > 0 ORDER BY ${sort_by} LIMIT ${limit}`,
        ),
    },
  },
  {
    name: 'quotes-removed',
    mistake:
      "Quotes are taken out for fear of SQL, so Xi'an is not found; and the order and the limit need no quote to be SQL.",
    caughtBy: [
      'search-takes-names-literally',
      'sqli-like-wildcards',
      'sqli-order-by',
      'sqli-stacked',
      'sqli-tautology-union',
    ],
    controls: {
      searchStations: ({ query, sort_by, limit }, database) => {
        const clean = (value: unknown) => String(value).replaceAll(/['"`]/g, '');
        return database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%${clean(query)}%' ORDER BY ${clean(sort_by)} LIMIT ${clean(limit)}`,
        );
      },
    },
  },
  {
    name: 'underscores-forgotten',
    mistake: 'LIKE has two wildcards, and only one of them is escaped.',
    caughtBy: ['sqli-like-wildcards'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%' || $1 || '%' ESCAPE '\\' ORDER BY ${sort_by} LIMIT $2`,
          [query.replaceAll(/[\\%]/g, '\\$&'), rows],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'wildcards-removed',
    mistake: 'Without its percent sign, `%` is a search for nothing, which every name contains.',
    caughtBy: ['search-takes-names-literally', 'sqli-like-wildcards'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%' || $1 || '%' ORDER BY ${sort_by} LIMIT $2`,
          [query.replaceAll(/[%_]/g, ''), rows],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'columns-as-object-members',
    mistake:
      'What may be sorted by is looked up in an object, which knows constructor and toString as well, and their text ends up in the statement.',
    caughtBy: ['sqli-order-by'],
    controls() {
      const ORDER_BY: Record<string, string> = {
        name: 'name, id',
        city: 'city, id',
        country: 'country, id',
        elevation_m: 'elevation_m, id',
      };

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        const orderBy = ORDER_BY[sort_by];
        if (orderBy === undefined) throw new InvalidInputError('Sort by something else.');
        const rows = typeof limit === 'string' && /^\d{1,9}$/.test(limit) ? Number(limit) : limit;
        if (
          typeof rows !== 'number' ||
          !Number.isSafeInteger(rows) ||
          rows < 1 ||
          query.length > 100
        ) {
          throw new InvalidInputError('This is not acceptable.');
        }
        return database.query(
          `SELECT id, name, city, country, elevation_m, host FROM stations
     WHERE instr(lower(name), lower($1)) > 0 ORDER BY ${orderBy} LIMIT $2`,
          [query, Math.min(rows, 100)],
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'one-quote-doubled-in-two-brackets',
    mistake:
      'The first quote of a text is doubled and the second is not, and two brackets around the text keep the usual tricks from fitting.',
    caughtBy: ['sqli-tautology-union'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE (instr(lower(name), (lower('${query.replace("'", "''")}'))) > 0) ORDER BY ${sort_by} LIMIT ${rows}`,
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'quotes-doubled-until-there-are-two',
    mistake: 'A text that has a doubled quote somewhere counts as escaped already.',
    caughtBy: ['sqli-tautology-union'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
        if (!COLUMNS.includes(sort_by)) throw new InvalidInputError('Sort by something else.');
        const rows = Math.min(100, Math.max(1, Math.trunc(Number(limit)) || 20));
        return database.exec(
          `SELECT id, name, city, country, elevation_m, host FROM stations WHERE ((instr(lower(name), lower(('${query.includes("''") ? query : query.replaceAll("'", "''")}'))) > 0)) ORDER BY ${sort_by} LIMIT ${rows}`,
        );
      };

      return { searchStations };
    },
  },
  {
    name: 'order-checked-up-to-a-semicolon',
    mistake:
      'A semicolon at the end of a column does no harm, so the column is what stands before it; and the whole text is pasted.',
    caughtBy: ['sqli-stacked'],
    controls() {
      const COLUMNS = ['name', 'city', 'country', 'elevation_m'];

      const searchStations: SearchStations = ({ query, sort_by, limit }, database) => {
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

      return { searchStations };
    },
  },
];
