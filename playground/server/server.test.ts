/** The parts of the lab's server that decide: who may ask, which port, what is kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from './free-port.ts';
import { createGatekeeper } from './gatekeeper.ts';
import { ProgressStore } from './progress-store.ts';

describe('the gatekeeper', () => {
  const gatekeeper = createGatekeeper(() => 5173);
  const why = (headers: Record<string, string>) =>
    gatekeeper.whyRefused({ headers } as unknown as IncomingMessage);
  const own = { host: '127.0.0.1:5173', 'x-lab-token': gatekeeper.token };

  test.each([
    [
      'as a browser sends it',
      { ...own, origin: 'http://127.0.0.1:5173', 'sec-fetch-site': 'same-origin' },
    ],
    ['without an origin', own],
    [
      'under the name localhost',
      { ...own, host: 'localhost:5173', origin: 'http://localhost:5173' },
    ],
  ])('lets the page through %s', (_what, headers) => expect(why(headers)).toBeUndefined());

  test.each([
    ['another host name', { ...own, host: 'rebound.example:5173' }],
    ['another port', { ...own, host: '127.0.0.1:80' }],
    ['no host', { 'x-lab-token': gatekeeper.token }],
    ['another origin', { ...own, origin: 'http://127.0.0.1:3000' }],
    ['the null origin', { ...own, origin: 'null' }],
    ['https instead of http', { ...own, origin: 'https://127.0.0.1:5173' }],
    ['another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { ...own, 'sec-fetch-site': 'same-site' }],
    ['no token', { host: own.host }],
    ['a wrong token', { ...own, 'x-lab-token': 'x'.repeat(gatekeeper.token.length) }],
  ])('refuses %s', (_what, headers) => expect(why(headers)).toBeTypeOf('string'));
});

describe('the port', () => {
  test('is the wanted one, or the next, with a word on who has it', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const found = await findFreePort(port);
    expect(found.port).toBeGreaterThan(port);
    expect(found.takenBy).toMatch(/\w+/);
    await new Promise((resolve) => holder.close(resolve));
    expect(await findFreePort(port)).toEqual({ port });
  });
});

describe('progress', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'workbook-progress-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (): string => path.join(folder, 'progress.json');

  test('is kept, and marks made at the same time are all there', async () => {
    const store = new ProgressStore(file());
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.merge({ '05-access-tokens': { verdicts: { [`attack-${index}`]: 'blocked' } } }),
      ),
    );
    await store.merge({ '05-access-tokens': { read: true } });
    const { '05-access-tokens': topic } = await new ProgressStore(file()).read();
    expect(topic?.read).toBe(true);
    expect(Object.keys(topic?.verdicts ?? {})).toHaveLength(20);
  });

  test('that cannot be read is put aside, not overwritten', async () => {
    writeFileSync(file(), '{ "05-access-tok');
    const store = new ProgressStore(file());
    expect(await store.read()).toEqual({});
    await store.merge({ '01-oauth-discovery': { read: true } });
    const aside = readdirSync(folder).find((name) => name.includes('unreadable')) ?? '';
    expect(readFileSync(path.join(folder, aside), 'utf8')).toBe('{ "05-access-tok');
  });
});
