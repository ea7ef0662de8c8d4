/**
 * What a page of another origin gets of the servers that the workbook starts: nothing. One such page
 * is another site; the other is on a further port of this machine, which browsers call the same site.
 *
 * @module-tag long
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { CHROMIUM_ARGS, findChromium } from '../../shared/find-chromium.ts';
import { findFreePort } from '../../shared/free-port.ts';
import { printedAddress, startWorkbook } from './start-workbook.ts';

/** What is asked for at a server, its own page first, and its web sockets. */
interface Asked {
  paths: string[];
  sockets: string[];
  /** Where the foreign page is. */
  hosts: string[];
  /** Starts the server; its address. */
  start: () => Promise<string>;
}

let browser: Browser;
let foreign: Server;
let copy: WorkbookCopy;
let stop: () => Promise<void>;

beforeAll(async () => {
  copy = copyWorkbook('foreign');
  foreign = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP foreign.example 127.0.0.1'],
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  foreign.close();
  copy.remove();
});

async function run(file: string, args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['scripts/run.mjs', file, ...args], {
    cwd: copy.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return printedAddress(child);
}

const files = ['/package.json?import', '/@fs/package.json?import', '/@vite/client'];
const asked: Record<string, Asked> = {
  'npm start': {
    paths: ['/', '/index.html', '/lab/catalogue', '/lab/events'],
    sockets: [],
    hosts: ['foreign.example', '127.0.0.1'],
    async start() {
      stop = async () => undefined;
      return inject('workbook');
    },
  },
  'npm start -- --dev': {
    paths: ['/', '/lab/catalogue', '/src/main.tsx', '/__open-in-editor?file=x', ...files],
    sockets: ['/'],
    hosts: ['foreign.example', '127.0.0.1'],
    async start() {
      const workbook = await startWorkbook(copy.folder, ['--dev']);
      stop = () => workbook.stop();
      return workbook.url;
    },
  },
  'npm run grade:ui': {
    paths: [
      '/__vitest__/',
      '/solutions/05-access-tokens/bearer-auth.ts',
      '/__open-in-editor?file=x',
      ...files,
    ],
    sockets: ['/__vitest_api__', '/'],
    hosts: ['foreign.example', '127.0.0.1'],
    start: () => run('commands/grade-ui.ts', ['01']),
  },
  'npm run serve': {
    paths: ['/.well-known/oauth-authorization-server', '/healthz', '/mcp'],
    sockets: [],
    // Pages of this machine may call it: some clients are such pages.
    hosts: ['foreign.example'],
    async start() {
      const { port } = await findFreePort(20_000 + Math.floor(Math.random() * 20_000));
      const address = `http://127.0.0.1:${port}/`;
      void run('commands/serve.ts', ['solutions', '--port', String(port)]).catch(() => undefined);
      await vi.waitFor(() => fetch(`${address}healthz`), { timeout: 60_000, interval: 200 });
      return address;
    },
  },
};

const NOTHING = {
  script: 'error',
  image: 'error',
  style: 'error',
  fetched: 'failed',
  opaque: 'failed',
};

describe.each(Object.entries(asked))('%s', (_name, { paths, sockets, hosts, start }) => {
  let address: string;
  beforeAll(async () => {
    address = await start();
  }, 120_000);
  afterAll(() => stop());

  test.each(hosts)('shows a page at %s nothing', async (host) => {
    const context = await browser.newContext();
    // The page itself was visited: a cookie that may go along does.
    const own = await context.newPage();
    await own.goto(new URL(paths[0] ?? '/', address).href, { waitUntil: 'commit' });
    // And it shows what it has.
    await own.waitForFunction(() => (document.body?.innerText ?? '').length > 20);
    const page = await context.newPage();
    await page.goto(`http://${host}:${(foreign.address() as AddressInfo).port}/`);
    for (const path of paths) {
      const got = await page.evaluate(attempts, new URL(path, address).href);
      expect(got, path).toEqual(NOTHING);
    }
    for (const path of sockets) {
      const url = new URL(path, address).href.replace('http', 'ws');
      expect(await page.evaluate(openSocket, url), path).toBe('error');
    }
    await context.close();
  });
});

/** Runs in the page. `opaque`: whether the server let a page have anything without CORS. */
async function attempts(url: string): Promise<Record<string, string>> {
  const load = (made: HTMLElement & { src?: string; href?: string }): Promise<string> =>
    new Promise((resolve) => {
      made.addEventListener('load', () => resolve('load'));
      made.addEventListener('error', () => resolve('error'));
      document.head.append(made);
    });
  const fetched = await fetch(url).then(
    ({ status }) => `status ${status}`,
    () => 'failed',
  );
  const opaque = await fetch(url, { mode: 'no-cors' }).then(
    ({ type }) => type,
    () => 'failed',
  );
  return {
    script: await load(Object.assign(document.createElement('script'), { src: url })),
    image: await load(Object.assign(document.createElement('img'), { src: url })),
    style: await load(
      Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }),
    ),
    fetched,
    opaque,
  };
}

function openSocket(url: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, ['vite-hmr']);
    socket.addEventListener('open', () => resolve('open'));
    socket.addEventListener('error', () => resolve('error'));
  });
}
