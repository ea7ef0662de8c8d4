import initSqlJs from 'sql.js';
import { expect, test } from 'vitest';
import { runOn } from './database.ts';
import { migrateSensors } from './migrate-sensors.ts';
import { weatherDatabaseImage } from './seed.ts';

async function sensors() {
  const sqlite = new (await initSqlJs()).Database(weatherDatabaseImage());
  const readings = JSON.stringify([
    { at: 'now', temperatureC: 1 },
    { at: 'then', temperatureC: 2 },
  ]);
  sqlite.run(
    `INSERT INTO sensors (tenant, added_by, name, city, description, note, access_key, gateway, readings)
     VALUES ('t', 'a', 'n', 'c', 'd', '', '', '{"host":"h","port":1}', ?)`,
    [readings],
  );
  const read = (column: string): unknown =>
    sqlite.exec(`SELECT ${column} FROM sensors`)[0]?.values[0]?.[0];
  return { run: runOn(sqlite), read };
}

test('adds a column with its value', async () => {
  const { run, read } = await sensors();
  migrateSensors(run, { place: 'column', name: 'webhook_secret', value: "it's" });
  expect(read('webhook_secret')).toBe("it's");
});

test('fills a column that is there already', async () => {
  const { run, read } = await sensors();
  migrateSensors(run, { place: 'column', name: 'access_key', value: 'secret' });
  expect(read('access_key')).toBe('secret');
});

test('adds a member to an object, and to each entry of a list', async () => {
  const { run, read } = await sensors();
  migrateSensors(run, { place: 'gateway', name: 'password', value: 'x' });
  migrateSensors(run, { place: 'readings', name: 'signature', value: 'y' });
  expect(JSON.parse(String(read('gateway')))).toEqual({ host: 'h', port: 1, password: 'x' });
  expect(JSON.parse(String(read('readings')))).toEqual([
    { at: 'now', temperatureC: 1, signature: 'y' },
    { at: 'then', temperatureC: 2, signature: 'y' },
  ]);
});

test('adds readings behind those that are there, with whatever is in them', async () => {
  const { run, read } = await sensors();
  const readings = [
    { at: 'later', temperatureC: 0 },
    { at: 'latest', temperatureC: -1.5, signature: "it's" },
  ];
  migrateSensors(run, { place: 'later readings', readings });
  expect(JSON.parse(String(read('readings')))).toEqual([
    { at: 'now', temperatureC: 1 },
    { at: 'then', temperatureC: 2 },
    ...readings,
  ]);
});

test('writes a number as one', async () => {
  const { run, read } = await sensors();
  migrateSensors(run, { place: 'gateway', name: 'port', value: 0 });
  expect(JSON.parse(String(read('gateway')))).toEqual({ host: 'h', port: 0 });
});

test.each(["x'); DROP TABLE sensors; --", "a'b", '', '1a', 'a b'])(
  'takes no %j for a name',
  async (name) => {
    const { run } = await sensors();
    const change = () => migrateSensors(run, { place: 'column', name, value: '' });
    expect(change).toThrow('no name');
  },
);
