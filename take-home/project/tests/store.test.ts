/** What several processes share: with a server of this test's own, if there is one on this machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToolCall } from '../../../exercises/weather-server/controls.ts';
import { locateStoreServer } from '../../../shared/find-store-server.ts';
import { anyFreePort } from '../../../shared/free-port.ts';
import { openStore, type OpenStore } from '../src/adapters/store.ts';
import { controls } from '../src/controls.ts';
import { createLog } from '../src/log.ts';
import { unsolved } from '../src/unsolved.ts';

const log = createLog('fatal');
const program = locateStoreServer() ?? '';
const USER = {
  issuer: 'https://login.example.com',
  subject: 'alice',
  clientId: 'client',
  scopes: [],
};
const CALL: ToolCall = {
  requestId: 'a',
  tool: 'get_weather',
  arguments: {},
  actor: USER,
  token: undefined,
  ip: '127.0.0.1',
  headers: {},
};
const LIMITS = { perUserPerMinute: 60, perToolPerMinute: {} };

test('says where nobody answers, and nothing of the password', async () => {
  const opened = openStore(`redis://weather:a-password@127.0.0.1:${await anyFreePort()}`, log);
  await expect(opened).rejects.toThrow(/^The store at 127\.0\.0\.1:\d+, of STORE_URL, .*ECONNREF/);
  await expect(opened).rejects.not.toThrow('a-password');
});

describe.runIf(program)('a store', () => {
  let folder: string;
  let url: string;
  let server: ChildProcess;
  const opened: OpenStore[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'store-'));
    const port = await anyFreePort();
    url = `redis://127.0.0.1:${port}`;
    const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    server = spawn(program, options, { stdio: 'ignore' });
    for (let tries = 0; opened.length < 2 && tries < 200; tries++) {
      await openStore(url, log).then(
        (one) => opened.push(one),
        () => new Promise((resolve) => setTimeout(resolve, 50)),
      );
    }
  });
  afterAll(() => {
    for (const { close } of opened) close();
    server.kill();
    rmSync(folder, { recursive: true });
  });
  const both = (): [OpenStore, OpenStore] => {
    const [one, other] = opened;
    if (!one || !other) throw new Error('no store has answered');
    return [one, other];
  };

  test('is one, whoever asks, and refuses what is no step', async () => {
    const [{ store: one }, { store: other }] = both();
    expect(await one.add('a', 'mine', 1_000.5)).toBe(true);
    expect(await other.add('a', 'theirs', 1_000)).toBe(false);
    expect(await other.take('a')).toBe('mine');
    expect(await one.get('a')).toBeUndefined();
    await expect(one.set('', 'x', 1_000)).rejects.toThrow();
    await expect(one.set('b', 'x', Number.POSITIVE_INFINITY)).rejects.toThrow();
  });

  test.runIf(unsolved.length === 0)('counts the calls of two processes together', async () => {
    const limiters = both().map(({ store }) => controls.createSharedLimiter(LIMITS, store));
    const answers = await Promise.all(
      Array.from({ length: 90 }, async (_, index) => limiters[index % 2]?.check(CALL)),
    );
    expect(answers.filter((answer) => answer?.allowed)).toHaveLength(60);
  });

  test('that is away is said to be, and nothing waits for it', async () => {
    const [{ store, check }] = both();
    check();
    server.kill('SIGKILL');
    await once(server, 'exit');
    await expect.poll(() => attempt(check), { timeout: 30_000 }).toContain('cannot be reached');
    await expect(store.get('a')).rejects.toThrow();
    if (unsolved.length > 0) return;
    const limiter = controls.createSharedLimiter(LIMITS, store);
    await expect(limiter.check(CALL)).rejects.toThrow();
  });
});

function attempt(check: () => void): string {
  try {
    check();
    return '';
  } catch (error) {
    return String(error);
  }
}
