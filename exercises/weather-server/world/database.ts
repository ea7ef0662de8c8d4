/**
 * The station database: SQLite, compiled to WebAssembly, in memory. SQL sent here really runs, on
 * nothing but this world's own tables.
 */
import initSqlJs, { type Database as SqliteDatabase, type SqlValue, type Statement } from 'sql.js';
import type { Tape } from './tape.ts';

export type Row = Record<string, SqlValue>;

export interface Database {
  /** Runs one statement with values bound to `$1`, `$2`, …; further statements are refused. */
  query(sql: string, parameters?: SqlValue[]): Promise<Row[]>;
  /** Runs every statement in `sql`, as sent, and answers with the rows of the last that had any. */
  exec(sql: string): Promise<Row[]>;
}

/** Runs one statement of whoever runs the server: nobody's request, and not on the tape. */
export type RunSql = (sql: string, values?: SqlValue[]) => Row[];

/** A seeded database as bytes: made once a process, then cloned for every world in under 1 ms. */
export type DatabaseImage = Uint8Array;

const sqlite = await initSqlJs();

interface Prepared {
  statement: Statement;
  hasMore: boolean;
}

/** Statements that stay prepared; to prepare one costs more than to run it. */
const MOST_KEPT = 20;

export const runOn =
  (database: SqliteDatabase): RunSql =>
  (sql, values = []) => {
    const [last] = database.exec(sql, values);
    return (last?.values ?? []).map((row) =>
      Object.fromEntries(row.map((value, index) => [last?.columns[index], value])),
    );
  };

/** Builds a database with `fill` and returns its image. */
export function imageDatabase(fill: (database: SqliteDatabase) => void): DatabaseImage {
  const database = new sqlite.Database();
  try {
    fill(database);
    return database.export();
  } finally {
    database.close();
  }
}

export function openDatabase(
  image: DatabaseImage,
  tape: Tape,
  prepare: (run: RunSql) => void,
): Database & { close(): void } {
  const database = new sqlite.Database(image);
  prepare(runOn(database));

  function taped<T extends Row[]>(sql: string, parameters: SqlValue[], run: () => T): T {
    try {
      const rows = run();
      tape.write({ kind: 'sql', sql, parameters: [...parameters], rows: rows.length });
      return rows;
    } catch (error) {
      tape.write({ kind: 'sql', sql, parameters: [...parameters], error: String(error) });
      throw error;
    }
  }

  const kept = new Map<string, Prepared>();

  /** The first statement of `sql`, and whether it is not the only one. */
  function prepared(sql: string): Prepared | undefined {
    const known = kept.get(sql);
    if (known) return known;
    const statements = database.iterateStatements(sql);
    const first = statements.next();
    if (first.done) return undefined;
    const hasMore = statements.getRemainingSQL().trim() !== '';
    const made = { statement: first.value, hasMore };
    const [oldest] = kept;
    if (oldest && kept.size >= MOST_KEPT) {
      oldest[1].statement.free();
      kept.delete(oldest[0]);
    }
    kept.set(sql, made);
    return made;
  }
  return {
    async query(sql, parameters = []) {
      return taped(sql, parameters, () => {
        const found = prepared(sql);
        if (!found) return [];
        const { statement, hasMore } = found;
        try {
          statement.bind(
            Object.fromEntries(parameters.map((value, index) => [`$${index + 1}`, value])),
          );
          const rows: Row[] = [];
          while (statement.step()) rows.push(statement.getAsObject());
          if (hasMore) {
            throw new Error('cannot insert multiple commands into a prepared statement');
          }
          return rows;
        } finally {
          statement.reset();
        }
      });
    },
    async exec(sql) {
      return taped(sql, [], () => {
        const last = database.exec(sql).at(-1);
        if (last === undefined) return [];
        return last.values.map((values) =>
          Object.fromEntries(last.columns.map((column, index) => [column, values[index] ?? null])),
        );
      });
    },
    close: () => database.close(),
  };
}
