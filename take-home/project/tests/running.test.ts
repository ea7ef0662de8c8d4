/** The server as it is started: health, a call, its log, its end, and when it does not start. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runMain, startHere, type Started } from '../attacks/start-here.ts';
import { unsolved } from '../src/unsolved.ts';

let folder: string;
let server: Started;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'running-'));
  server = await startHere(folder);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const production = (): Record<string, string> => ({
  NODE_ENV: 'production',
  PORT: '0',
  PUBLIC_URL: 'https://mcp.example.com',
  // Nobody is there: a port that nothing listens on.
  ISSUER: 'https://127.0.0.1:1',
  DATA_FOLDER: path.join(folder, 'production'),
  WEATHER_API_URL: 'https://127.0.0.1:1/v1/',
  WEATHER_API_KEY: 'weather-secret',
  WEATHER_KEKS: `v1=${Buffer.alloc(32, 1).toString('base64')}`,
  AUDIT_CHAIN_KEY: Buffer.alloc(32, 2).toString('base64'),
});

test('is alive, and ready', async () => {
  for (const place of ['healthz', 'readyz']) {
    expect((await fetch(`${server.origin}/${place}`)).status).toBe(200);
  }
});

test('writes a line of JSON for each thing it says', () => {
  expect(server.log.length).toBeGreaterThan(0);
  for (const line of server.log) expect(JSON.parse(line)).toHaveProperty('level');
});

test('keeps a line of each call that was attempted', async () => {
  await fetch(`${server.origin}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'get_weather', arguments: { city: 'Paris', units: 'metric' } },
    }),
  });
  const audit = path.join(folder, 'audit');
  const lines = (): string =>
    readdirSync(audit)
      .map((name) => readFileSync(path.join(audit, name), 'utf8'))
      .join('');
  // Of a request that is refused before it reaches a tool, it is written when the answer is out.
  await expect.poll(lines, { timeout: 30_000 }).toContain('get_weather');
});

test('does not start in production with what is missing, and says what that is', async () => {
  const { code, said } = await runMain({ NODE_ENV: 'production' });
  expect(code).toBe(1);
  for (const name of ['ISSUER', 'PUBLIC_URL', 'WEATHER_KEKS']) expect(said).toContain(name);
});

test('does not start in production while a topic is open, or without its issuer', async () => {
  const { code, said } = await runMain(production());
  expect(code).toBe(1);
  const [open = '127.0.0.1:1'] = unsolved;
  expect(said).toContain(open);
  for (const secret of ['weather-secret', Buffer.alloc(32, 1).toString('base64')]) {
    expect(said).not.toContain(secret);
  }
});

test('ends when it is asked to, with everything closed', async () => {
  const own = mkdtempSync(path.join(folder, 'ending-'));
  const ending = await startHere(own);
  const code = await ending.stop();
  // Windows has no signal to end with.
  if (process.platform === 'win32') return;
  expect(code).toBe(0);
  expect(ending.log.at(-1)).toContain('closed');
});
