/** What a server keeps about its clients, and what it makes of a file that somebody else wrote. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClientRegistry } from '../exercises/weather-server/client-registry.ts';
import type { RegisteredClient } from '../exercises/weather-server/controls.ts';
import { keepClientsIn } from './kept-clients.ts';

let folder: string;
let file: string;
let problems: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-clients-'));
  file = path.join(folder, '.workbook', 'clients.json');
  problems = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => new ClientRegistry(keepClientsIn(file, (problem) => problems.push(problem)));
const client = (id: string, uri = 'http://127.0.0.1:9/cb'): RegisteredClient => ({
  client_id: id,
  redirect_uris: [uri],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
});
function write(content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

test('a registration outlives the server, and nothing is left beside the file', () => {
  const first = open();
  first.add({ ...client('one'), client_name: 'One' });
  first.add(client('two'));
  first.markUsed('two');
  const second = open();
  expect(second.find('one')).toEqual({ ...client('one'), client_name: 'One' });
  expect(second.knows('two')).toBe(true);
  expect(second.find('three')).toBeUndefined();
  expect(readdirSync(path.dirname(file))).toEqual(['clients.json']);
  expect(problems).toEqual([]);
});

test('the file stays within 256 kB, and loses the oldest first', () => {
  const long = `http://127.0.0.1:9/${'x'.repeat(1900)}`;
  const all = Array.from({ length: 200 }, (_, at) => ({
    client: client(`client-${at}`, long),
    at,
    used: false,
  }));
  keepClientsIn(file, (problem) => problems.push(problem)).save(all);
  expect(statSync(file).size).toBeLessThanOrEqual(256 * 1024);
  const next = open();
  expect(next.knows('client-199')).toBe(true);
  expect(next.knows('client-0')).toBe(false);
});

describe('what is no registration is not taken for one', () => {
  const good = JSON.stringify({ client: client('good'), at: 1, used: true });
  test.each([
    ['other members', `[{"client":{"client_id":"bad"}},${good}]`],
    ['members of another type', `[{"client":{"client_id":1},"at":"x","used":0},null,7,${good}]`],
    [
      'a secret',
      `[${good.replace('"none"', '"client_secret_basic"').replace('good', 'bad')},${good}]`,
    ],
    ['a name of every object', `[{"__proto__":{"client_id":"bad"}},${good}]`],
  ])('%s', (_what, content) => {
    write(content);
    const registry = open();
    expect([registry.knows('good'), registry.knows('bad')]).toEqual([true, false]);
    expect(problems).toEqual([]);
  });
});

describe('a file that is of no use is said to be so, once, and replaced at the next registration', () => {
  test.each([
    ['no JSON', '{"clie'],
    ['nested without end', '['.repeat(100_000)],
    ['no list', '{}'],
    ['nothing', ''],
    ['too large', ' '.repeat(256 * 1024 + 1)],
  ])('%s', (_what, content) => {
    write(content);
    const registry = open();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(file);
    registry.add(client('new'));
    expect(open().knows('new')).toBe(true);
  });
});

test.skipIf(process.platform === 'win32')(
  'a pipe is not waited for, and a link not followed',
  () => {
    mkdirSync(path.dirname(file));
    execFileSync('mkfifo', [file]);
    open().add(client('one'));
    expect(problems).toHaveLength(1);
    expect(open().knows('one')).toBe(true);
    rmSync(file);
    const elsewhere = path.join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, '[]');
    symlinkSync(elsewhere, file);
    open().add(client('two'));
    expect(statSync(elsewhere).size).toBe(2);
  },
);

test('a folder that cannot be made does not keep clients from registering', () => {
  writeFileSync(path.dirname(file), 'in the way');
  const registry = open();
  registry.add(client('one'));
  registry.add(client('two'));
  expect(registry.knows('one')).toBe(true);
  expect(problems).toHaveLength(1);
});
