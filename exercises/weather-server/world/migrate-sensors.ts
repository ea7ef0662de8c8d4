import type { RunSql } from './database.ts';

/** A reading as some program wrote it down, with members of its own. */
interface WrittenReading {
  at: string;
  temperatureC: number;
  [member: string]: unknown;
}

/** A change that a later version of some other program made to the table of sensors. */
export type SensorChange =
  | {
      /** A new column, or a member of what is kept as JSON. */
      place: 'column' | 'gateway' | 'readings';
      name: string;
      /** In every row that is there. */
      value: string | number;
    }
  /** Readings that were made since, in every row that is there. */
  | { place: 'later readings'; readings: WrittenReading[] };

/** It becomes part of a statement. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/i;

export function migrateSensors(run: RunSql, change: SensorChange): void {
  if (change.place === 'later readings') return addReadings(run, change.readings);
  const { place, name, value } = change;
  if (!NAME.test(name)) throw new Error(`${name} is no name for a column`);
  switch (place) {
    case 'column':
      if (!columnsOf(run).includes(name)) {
        run(`ALTER TABLE sensors ADD COLUMN ${name} TEXT NOT NULL DEFAULT ''`);
      }
      return void run(`UPDATE sensors SET ${name} = ?`, [value]);
    case 'gateway':
      return void run(`UPDATE sensors SET gateway = json_set(gateway, '$.${name}', ?)`, [value]);
    case 'readings':
      return void run(
        `UPDATE sensors SET readings =
           (SELECT json_group_array(json_set(value, '$.${name}', ?)) FROM json_each(readings))`,
        [value],
      );
  }
}

function addReadings(run: RunSql, readings: WrittenReading[]): void {
  for (const reading of readings) {
    run(`UPDATE sensors SET readings = json_insert(readings, '$[#]', json(?))`, [
      JSON.stringify(reading),
    ]);
  }
}

const columnsOf = (run: RunSql): unknown[] =>
  run("SELECT name FROM pragma_table_info('sensors')").map(({ name }) => name);
