/** What the database holds when a server starts. */
import { imageDatabase, type DatabaseImage } from './database.ts';
import { buildStations } from './stations.ts';

const SCHEMA = `
  CREATE TABLE stations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    elevation_m INTEGER NOT NULL,
    host TEXT NOT NULL
  );
  CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    city TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE observations (
    owner TEXT NOT NULL,
    place TEXT NOT NULL,
    at TEXT NOT NULL,
    temperature_c REAL NOT NULL,
    note TEXT NOT NULL
  );
  CREATE TABLE sensors (
    id INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    added_by TEXT NOT NULL,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    description TEXT NOT NULL,
    note TEXT NOT NULL,
    access_key TEXT NOT NULL,
    gateway TEXT NOT NULL,
    readings TEXT NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE api_keys (owner TEXT, provider TEXT, api_key TEXT);
  CREATE TABLE credentials (id TEXT PRIMARY KEY, owner TEXT, provider TEXT, sealed TEXT);
`;

let image: DatabaseImage | undefined;

/** The stations, and empty tables of what users and operators keep. Made on first use, then shared: clone it. */
export function weatherDatabaseImage(): DatabaseImage {
  return (image ??= imageDatabase((database) => {
    database.run(SCHEMA);
    // One transaction, or SQLite would commit every row by itself.
    database.run('BEGIN');
    const insert = database.prepare('INSERT INTO stations VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    for (const station of buildStations()) {
      insert.run([
        station.id,
        station.name,
        station.city,
        station.country,
        station.latitude,
        station.longitude,
        station.elevation_m,
        station.host,
      ]);
    }
    insert.free();
    database.run('COMMIT');
  }));
}
