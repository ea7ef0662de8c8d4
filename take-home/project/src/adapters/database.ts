/**
 * The station database: SQLite, as Node has it. Beyond what callers ask, this door lets through only
 * statements that read and write rows: none that opens another file or changes what there is.
 */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Database, Row, RunSql } from '../../../../exercises/weather-server/world/database.ts';
import type { Tape } from '../../../../exercises/weather-server/world/tape.ts';

export interface OpenDatabase extends Database {
  storeCredential(row: { id: string; owner: string; provider: string; sealed: string }): void;
  run: RunSql;
  /** Throws if it cannot be asked. */
  ping(): void;
  close(): void;
}

/** Behind blanks and comments. */
const ROWS_ONLY = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/i;

/**
 * @param file or `:memory:`
 * @param seed statements that make the tables and what is in them at first, if there is no such file
 */
export function openDatabase(file: string, seed: string, tape: Tape): OpenDatabase {
  const isNew = !existsSync(file);
  const database = new DatabaseSync(file);
  if (isNew) database.exec(`BEGIN;\n${seed}\nCOMMIT;`);

  /** Runs the first statement; what stands behind it is `rest`. */
  function runFirst(sql: string, named: Parameters<typeof bind>[0]): { rows: Row[]; rest: string } {
    const statement = database.prepare(sql);
    const first = statement.sourceSQL;
    if (!ROWS_ONLY.test(first)) throw new Error('only rows are read and written here');
    statement.setAllowUnknownNamedParameters(true);
    const rows = statement.all(bind(named)).map(withoutBigints);
    return { rows, rest: sql.slice(first.length) };
  }

  function taped(sql: string, parameters: Row[string][], run: () => Row[]): Row[] {
    const entry = { kind: 'sql' as const, sql, parameters: [...parameters] };
    try {
      const rows = run();
      tape.write({ ...entry, rows: rows.length });
      return rows;
    } catch (error) {
      tape.write({ ...entry, error: String(error) });
      throw error;
    }
  }

  return {
    async query(sql, parameters = []) {
      return taped(sql, parameters, () => {
        if (isBlank(sql)) return [];
        // Looked for ahead: the first must not have run when the second is refused.
        const first = database.prepare(sql).sourceSQL;
        if (!isBlank(sql.slice(first.length))) {
          throw new Error('cannot insert multiple commands into a prepared statement');
        }
        return runFirst(sql, parameters).rows;
      });
    },
    async exec(sql) {
      return taped(sql, [], () => {
        let last: Row[] = [];
        let rest = sql;
        while (!isBlank(rest)) {
          const ran = runFirst(rest, []);
          if (ran.rows.length > 0) last = ran.rows;
          ({ rest } = ran);
        }
        return last;
      });
    },
    run: (sql, values = []) =>
      database
        .prepare(sql)
        .all(...values)
        .map(withoutBigints),
    storeCredential({ id, owner, provider, sealed }) {
      runFirst('INSERT OR REPLACE INTO credentials VALUES ($1, $2, $3, $4)', [
        id,
        owner,
        provider,
        sealed,
      ]);
    },
    ping: () => void runFirst('SELECT 1', []),
    close: () => database.close(),
  };
}

const bind = (values: Row[string][]): Record<string, Row[string]> =>
  Object.fromEntries(values.map((value, index) => [`$${index + 1}`, value]));

/** Numbers come as numbers, and those that are none throw; the types do not know that. */
const withoutBigints = (row: Record<string, Row[string] | bigint>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? Number(value) : value,
    ]),
  );

/** Whether nothing is left but blanks, comments and semicolons. */
const isBlank = (sql: string): boolean =>
  sql.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, '').replaceAll(/[\s;]/g, '') === '';
