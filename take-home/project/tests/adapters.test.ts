/** The parts that took the place of the lab's world: each tried with what it must not do. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_FOLDER } from '../../../exercises/weather-server/world/files.ts';
import { Tape } from '../../../exercises/weather-server/world/tape.ts';
import { UPSTREAM_BASE_URL } from '../../../exercises/weather-server/world/upstream.ts';
import { openAuditFile } from '../src/adapters/audit-file.ts';
import { openDatabase } from '../src/adapters/database.ts';
import { openTree } from '../src/adapters/files.ts';
import { openPrograms } from '../src/adapters/programs.ts';
import { openWeatherApi } from '../src/adapters/weather-api.ts';
import { openWeb } from '../src/adapters/web.ts';
import { controls } from '../src/controls.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'adapters-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the database', () => {
  const seed = 'CREATE TABLE t (a, b); CREATE TABLE credentials (id PRIMARY KEY, b, c, d);';
  const open = () => openDatabase(':memory:', seed, new Tape());

  test('binds values, and gives rows', async () => {
    const database = open();
    await database.query('INSERT INTO t VALUES ($1, $2)', ["'); DROP TABLE t; --", 2]);
    expect(await database.query('SELECT * FROM t WHERE b = $1', [2])).toEqual([
      { a: "'); DROP TABLE t; --", b: 2 },
    ]);
  });

  test.each([
    'INSERT INTO t VALUES (1, 1); SELECT 1',
    'SELECT 1; -- x\nSELECT 2',
    "SELECT 1; SELECT '--'",
  ])('runs nothing of several statements: %s', async (sql) => {
    const database = open();
    await expect(database.query(sql)).rejects.toThrow('multiple commands');
    expect(await database.query('SELECT * FROM t')).toEqual([]);
  });

  test.each(['SELECT 1 AS n;', 'SELECT 1 AS n -- ;', 'SELECT 1 AS n; /* ; */ '])(
    'runs one: %s',
    async (sql) => {
      expect(await open().query(sql)).toEqual([{ n: 1 }]);
    },
  );

  test.each([
    `ATTACH DATABASE '/tmp/other' AS other`,
    `/* SELECT */ ATTACH DATABASE '/tmp/other' AS other`,
    'PRAGMA writable_schema = 1',
    "VACUUM INTO '/tmp/other'",
    'DROP TABLE t',
    '-- SELECT\nDROP TABLE t',
  ])('reads and writes rows only: %s', async (sql) => {
    const database = open();
    const before = await database.query('SELECT count(*) AS n FROM t');
    await database.exec(sql).catch(() => undefined);
    await expect(database.exec(`SELECT 1; ${sql}; SELECT 2`)).rejects.toThrow();
    expect(await database.query('SELECT count(*) AS n FROM t')).toEqual(before);
  });

  test('keeps what it has through a restart', async () => {
    const file = path.join(folder, 'kept.sqlite');
    const first = openDatabase(file, seed, new Tape());
    await first.query('INSERT INTO t VALUES (1, 2)');
    first.storeCredential({ id: 'a', owner: 'b', provider: 'c', sealed: 'one' });
    first.close();
    const second = openDatabase(file, seed, new Tape());
    second.storeCredential({ id: 'a', owner: 'b', provider: 'c', sealed: 'two' });
    expect(await second.query('SELECT a, b FROM t')).toEqual([{ a: 1, b: 2 }]);
    expect(await second.query('SELECT d FROM credentials')).toEqual([{ d: 'two' }]);
    second.close();
  });
});

describe('files', () => {
  const inReports = (name: string): string => `${REPORT_FOLDER}/${name}`;
  beforeAll(() => {
    const data = path.join(folder, 'files', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(path.join(data, 'a.txt'), 'inside');
    writeFileSync(path.join(folder, 'outside.txt'), 'outside');
    symlinkSync('../../outside.txt', path.join(data, 'link.txt'));
    symlinkSync('../..', path.join(data, 'up'));
  });
  const tree = () => openTree(path.join(folder, 'files'));

  test('are known by the names that tools use', async () => {
    expect(await (await tree()).readFile(inReports('a.txt'))).toBe('inside');
    expect(await (await tree()).realpath(inReports('./b/../a.txt'))).toBe(inReports('a.txt'));
    expect(await (await tree()).readdir(REPORT_FOLDER)).toContain('a.txt');
  });

  test.each([
    inReports('../../../outside.txt'),
    inReports('link.txt'),
    inReports('up/outside.txt'),
    '/etc/passwd',
    '/srv/weather-other/a.txt',
    inReports('..\\..\\outside.txt'),
    inReports('a.txt\0.md'),
    REPORT_FOLDER,
  ])('are not there outside of the root, or are none: %j', async (name) => {
    await expect((await tree()).readFile(name)).rejects.toThrow();
    const leavesRoot = name !== REPORT_FOLDER;
    if (leavesRoot) await expect((await tree()).realpath(name)).rejects.toThrow();
  });

  test('are written inside only', async () => {
    await expect((await tree()).writeFile(inReports('link.txt'), 'x')).rejects.toThrow();
    await expect((await tree()).writeFile(inReports('up/new.txt'), 'x')).rejects.toThrow();
    expect(readFileSync(path.join(folder, 'outside.txt'), 'utf8')).toBe('outside');
  });
});

describe('programs', () => {
  const programs = openPrograms(new Tape());

  test('are run without a shell, and only those that a tool needs', async () => {
    await expect(programs.exec('echo hello')).rejects.toThrow('no shell');
    await expect(programs.execFile('echo', ['hello'])).rejects.toThrow('no shell');
    await expect(programs.execFile('fping', ['a; id'], { shell: true })).rejects.toThrow(
      'no shell',
    );
  });

  test('a station is pinged with a list of arguments', async () => {
    const asked: string[][] = [];
    const answer = { stdout: '', stderr: '', exitCode: 0 };
    await controls.pingHost('paris-1.stations.example', {
      exec: (line) => programs.exec(line),
      async execFile(file, args, options) {
        if (!options?.shell) asked.push([file, ...args]);
        return options?.shell ? programs.exec('') : answer;
      },
    });
    expect(asked.flat()).toContain('paris-1.stations.example');
  });
});

describe('the weather service', () => {
  const asked: string[] = [];
  const service = openWeatherApi(
    { url: 'https://weather.example.com/v1/', key: 'secret' },
    new Tape(),
    async (url) => {
      asked.push(String(url));
      return Response.json({});
    },
  );

  test('is asked where it is', async () => {
    await service.fetch(`${UPSTREAM_BASE_URL}current/Paris`, { 'x-api-key': 'secret' });
    expect(asked).toEqual(['https://weather.example.com/v1/current/Paris']);
  });

  test.each([
    'https://evil.example/current/Paris',
    `${UPSTREAM_BASE_URL}../../admin`,
    UPSTREAM_BASE_URL.replace('/v1/', '.evil.example/v1/'),
  ])('nobody else is asked: %s', async (url) => {
    asked.length = 0;
    await expect(service.fetch(url, { 'x-api-key': 'secret' })).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});

describe('the web', () => {
  const web = openWeb(new Tape());
  test.each([
    ['http://93.184.215.14/feed.json', '93.184.215.14'],
    ['file:///etc/passwd', '93.184.215.14'],
    ['https://localhost/feed.json', undefined],
  ])('nobody is asked for %s at %s', async (url, address) => {
    await expect(web.fetch(url, address === undefined ? {} : { address })).rejects.toThrow(
      TypeError,
    );
  });
});

test('the audit log is written line by line, and never over another', () => {
  const at = new Date();
  const audit = openAuditFile(path.join(folder, 'audit'), at);
  audit.writeLine('one');
  audit.writeLine('two');
  expect(() => openAuditFile(path.join(folder, 'audit'), at)).toThrow('EEXIST');
  const name = `audit-${at.toISOString().replaceAll(':', '-')}-${process.pid}.log`;
  expect(readFileSync(path.join(folder, 'audit', name), 'utf8')).toBe('one\ntwo\n');
  audit.close();
  expect(() => audit.writeLine('three')).toThrow();
});
