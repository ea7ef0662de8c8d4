/** The world is real enough to be attacked, and holds nothing but itself. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SECRET_FOLDER, REPORT_FOLDER } from './files.ts';
import { UPSTREAM_BASE_URL } from './upstream.ts';
import { createWorld, type WholeWorld } from './world.ts';

let world: WholeWorld;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.close());

describe('the database', () => {
  test('binds parameters, and runs one statement only', async () => {
    const rows = await world.database.query('SELECT name FROM stations WHERE city = $1 LIMIT $2', [
      'Paris',
      1,
    ]);
    expect(rows).toHaveLength(1);
    await expect(world.database.query('SELECT 1; DROP TABLE stations')).rejects.toThrow(/multiple/);
    expect(await world.database.query('SELECT count(*) AS n FROM stations')).not.toEqual([
      { n: 0 },
    ]);
  });

  test('runs everything it is told through exec, as it was told', async () => {
    await world.database.exec('SELECT 1; DROP TABLE stations; --');
    await expect(world.database.query('SELECT * FROM stations')).rejects.toThrow(/no such table/);
    expect(world.tape.entries()).toContainEqual(
      expect.objectContaining({ kind: 'sql', sql: 'SELECT 1; DROP TABLE stations; --' }),
    );
  });

  test('is made anew for every world', async () => {
    await world.database.exec('DROP TABLE stations');
    const other = createWorld();
    expect(await other.database.query('SELECT id FROM stations LIMIT 1')).toHaveLength(1);
    expect(other.canaries).not.toEqual(world.canaries);
    other.close();
  });
});

describe('the shell', () => {
  test('interprets a line, and passes an argument vector on untouched', async () => {
    const line = await world.shell.exec(`ping -c 1 host; cat ${SECRET_FOLDER}/flag.txt`);
    expect(line.stdout).toContain(world.canaries.file);
    const vector = await world.shell.execFile('ping', [
      '-c',
      '1',
      `host; cat ${SECRET_FOLDER}/flag.txt`,
    ]);
    expect(vector.stdout).not.toContain(world.canaries.file);
  });

  test('fping takes hosts from a file, as the real one does, and repeats what it cannot resolve', async () => {
    const option = await world.shell.execFile('fping', ['-c', '1', `-f${SECRET_FOLDER}/flag.txt`]);
    expect(option.stderr).toContain(world.canaries.file);
    const host = await world.shell.execFile('fping', ['-c', '1', '--', '-f', 'a.example']);
    expect(host.stderr).toBe(
      '-f: Name or service not known\na.example: Name or service not known\n',
    );
    const station = await world.shell.execFile('fping', ['-c', '1', 'paris-1.stations.example']);
    expect(station).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('deletes its own tree and nothing else', async () => {
    await world.shell.exec('rm -rf /srv');
    await expect(world.files.readFile(`${REPORT_FOLDER}/2026-03-paris.txt`)).rejects.toThrow();
    const { existsSync } = await import('node:fs');
    expect(existsSync(import.meta.filename)).toBe(true);
  });

  test('does not see the environment or the files of this machine', async () => {
    const { stdout } = await world.shell.exec('env; cat /etc/hostname /proc/self/environ');
    expect(stdout).not.toContain(process.env.PATH);
  });
});

describe('a part out of order', () => {
  test('throws what it was told to, until it works again', async () => {
    world.breakDown('database', {
      message: 'timed out',
      members: { name: 'NotFoundError', status: 404 },
      cause: 'no route',
    });
    const error = await world.database.query('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: 'timed out', name: 'NotFoundError', status: 404 });
    expect((error as Error).constructor.name).toBe('NotFoundError');
    expect((error as Error).cause).toMatchObject({ message: 'no route' });
    world.breakDown('database', undefined);
    expect(await world.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('may throw what is no error, or answer with a status', async () => {
    world.breakDown('files', { throws: null });
    await expect(world.files.readFile('x')).rejects.toBeNull();
    world.breakDown('upstream', { message: 'maintenance', answers: 503 });
    expect((await world.upstream.fetch(UPSTREAM_BASE_URL)).status).toBe(503);
    world.breakDown('keys', 'no key');
    expect(() => world.failIfBroken('keys')).toThrow('no key');
  });
});

describe('the upstream service', () => {
  const ask = (url: string, key = world.upstreamApiKey) =>
    world.upstream.fetch(url, { 'x-api-key': key });

  test('wants its key', async () => {
    expect((await ask(`${UPSTREAM_BASE_URL}current/Paris`)).status).toBe(200);
    expect((await ask(`${UPSTREAM_BASE_URL}current/Paris`, 'wrong')).status).toBe(401);
  });

  test('knows a city by every spelling of its name', async () => {
    for (const city of ['Tokyo', '東京', 'São Paulo'.normalize('NFD'), 'xi’an']) {
      const response = await ask(`${UPSTREAM_BASE_URL}current/${encodeURIComponent(city)}`);
      expect(response.status, city).toBe(200);
    }
  });

  test('takes one city as one segment, and nothing else for it', async () => {
    for (const path of [
      'current',
      'current/',
      'current/Paris/x',
      'current/Paris?x=1',
      'keys/Paris',
    ]) {
      expect((await ask(`${UPSTREAM_BASE_URL}${path}`)).status, path).toBe(404);
    }
    expect((await ask(`${UPSTREAM_BASE_URL}current/%E0%A4%A`)).status).toBe(404);
  });

  test('notes a request that strays, and sends it nowhere', async () => {
    expect((await ask('http://169.254.169.254/latest/meta-data')).status).toBe(502);
    expect(world.tape.entries()).toContainEqual(
      expect.objectContaining({ kind: 'upstream', expected: false }),
    );
  });
});

test('a part that breaks down says what it was told to, until it works again', async () => {
  world.breakDown('database', 'disk I/O error');
  await expect(world.database.query('SELECT 1')).rejects.toThrow('disk I/O error');
  world.breakDown('audit', 'disk full');
  expect(() => world.writeAuditLine('x')).toThrow('disk full');
  world.breakDown('database', undefined);
  expect(await world.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
