/**
 * `npm run audit`, as a process of its own.
 *
 * @module-tag long
 */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveReference, type ServedReference } from '../catalogue/serve-reference.ts';
import type { AuditResult } from './audit-server.ts';

const command = path.join(import.meta.dirname, '../commands/audit.ts');

let reference: ServedReference;
let folder: string;
beforeAll(async () => {
  reference = await serveReference();
  folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
});
afterAll(async () => {
  await reference.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number;
  output: string;
  errors: string;
}

const run = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } };
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', command, ...args],
      options,
      (_error, output, errors) => resolve({ code: child.exitCode ?? -1, output, errors }),
    );
  });

test('says how it is used, and exits with 2', async () => {
  for (const args of [[], ['not a URL'], ['http://u:p@127.0.0.1/'], ['--nonsense']]) {
    const { code, errors } = await run(args);
    expect(code).toBe(2);
    expect(errors).toContain('Usage: npm run audit');
  }
});

test('asks no address elsewhere, and exits with 2', async () => {
  const { code, errors } = await run(['http://192.0.2.1/mcp']);
  expect(code).toBe(2);
  expect(errors).toContain('--i-am-allowed');
});

test('exits with 3 if nothing answers', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { code, output } = await run([`http://127.0.0.1:${port}/mcp`]);
  expect(code).toBe(3);
  expect(output).toContain('There was nothing to judge.');
});

test('prints JSON, writes a page and SARIF, and shows the token nowhere', async () => {
  const token = await reference.token('alice');
  const [html, sarif] = ['audit.html', 'audit.sarif'].map((name) => path.join(folder, name));
  const { code, output } = await run(
    [reference.config.resource, '--json', '--html', html!, '--sarif', sarif!],
    { AUDIT_TOKEN: token },
  );
  expect(code).toBe(0);
  const result = JSON.parse(output) as AuditResult;
  expect(result).toMatchObject({ schema: 2, token: 'accepted' });
  expect(result.items.length).toBeGreaterThan(50);

  const page = readFileSync(html!, 'utf8');
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  const log = JSON.parse(readFileSync(sarif!, 'utf8')) as Record<string, never>;
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: expect.any(String) } }, results: expect.any(Array) }],
  });
  for (const text of [output, page, JSON.stringify(log)]) {
    for (const part of token.split('.')) expect(text).not.toContain(part);
  }
});

test('sends a header of yours, and shows it nowhere', async () => {
  const key = 'key-of-the-test-0123456789';
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers['x-api-key'] as string | undefined);
    const isKnown = request.headers['x-api-key'] === key;
    const body = { jsonrpc: '2.0', id: 1, result: { protocolVersion: '2025-11-25', echo: key } };
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? body : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/mcp`;
  const { output } = await run([url, '--json', '--header', `X-API-Key=${key}`]);
  server.close();
  expect(JSON.parse(output)).toMatchObject({ token: 'accepted', revisions: ['2025-11-25'] });
  expect(asked).toContain(key);
  expect(output).not.toContain(key);
  expect((await run([url, '--header', key])).errors).not.toContain(key);
});

test('calls no tool unless somebody agrees', async () => {
  const { code, errors } = await run([reference.config.resource, '--call', 'delete_alert']);
  expect(code).toBe(2);
  expect(errors).toContain('--yes');
  expect(errors).toContain('delete_alert');
});

test('says which file it cannot read or write', async () => {
  const missing = path.join(folder, 'missing.pem');
  expect(await run([reference.config.resource, '--ca', missing])).toMatchObject({ code: 2 });
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  const { code, errors } = await run([reference.config.resource, '--html', path.join(file, 'x')]);
  expect(code).toBe(2);
  expect(errors).toContain('cannot be written');
});
