/** What the database holds when a server starts, as statements that any SQLite understands. */
import initSqlJs, { type SqlValue } from 'sql.js';
import { weatherDatabaseImage } from '../exercises/weather-server/world/seed.ts';

export async function writeSeed(): Promise<string> {
  const sqlite = await initSqlJs();
  const database = new sqlite.Database(weatherDatabaseImage());
  try {
    const rowsOf = (sql: string): SqlValue[][] => database.exec(sql)[0]?.values ?? [];
    const tables = rowsOf(
      "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    );
    const statements = tables.flatMap(([name, made]) => [
      `${String(made)};`,
      ...rowsOf(`SELECT * FROM "${String(name)}"`).map(
        (row) => `INSERT INTO "${String(name)}" VALUES (${row.map(literal).join(', ')});`,
      ),
    ]);
    return `${statements.join('\n')}\n`;
  } finally {
    database.close();
  }
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return `X'${Buffer.from(value).toString('hex')}'`;
}
