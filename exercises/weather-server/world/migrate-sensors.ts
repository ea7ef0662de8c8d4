import type { Database as SqliteDatabase } from 'sql.js';

/** A change that a later version of some other program made to the table of sensors. */
export interface SensorChange {
  /** A new column, or a new member of what is kept as JSON. */
  place: 'column' | 'gateway' | 'readings';
  name: string;
  /** In every row that is there. */
  value: string;
}

/** It becomes part of a statement. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

export function migrateSensors(sqlite: SqliteDatabase, { place, name, value }: SensorChange): void {
  if (!NAME.test(name)) throw new Error(`${name} is no name for a column`);
  switch (place) {
    case 'column':
      if (!columnsOf(sqlite).includes(name)) {
        sqlite.run(`ALTER TABLE sensors ADD COLUMN ${name} TEXT NOT NULL DEFAULT ''`);
      }
      return void sqlite.run(`UPDATE sensors SET ${name} = ?`, [value]);
    case 'gateway':
      return void sqlite.run(`UPDATE sensors SET gateway = json_set(gateway, '$.${name}', ?)`, [
        value,
      ]);
    case 'readings':
      return void sqlite.run(
        `UPDATE sensors SET readings =
           (SELECT json_group_array(json_set(value, '$.${name}', ?)) FROM json_each(readings))`,
        [value],
      );
  }
}

const columnsOf = (sqlite: SqliteDatabase): unknown[] =>
  sqlite.exec("SELECT name FROM pragma_table_info('sensors')")[0]?.values.flat() ?? [];
