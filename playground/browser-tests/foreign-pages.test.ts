/**
 * What a page of another origin gets of the servers that the workbook starts: nothing. One such page
 * is another site; the other is on a further port of this machine, which browsers call the same site.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { CHROMIUM_ARGS, findChromium } from '../../shared/find-chromium.ts';
import { findFreePort } from '../../shared/free-port.ts';
import { printedAddress, startWorkbook, type StartedWorkbook } from './start-workbook.ts';

let browser: Browser;
let foreign: Server;
let copy: WorkbookCopy;
let dev: StartedWorkbook;
const children: ChildProcess[] = [];
/** What is asked for at each server, its own page among it, and its web sockets. */
const servers: Record<string, { address: string; paths: string[]; sockets: string[] }> = {};

beforeAll(async () => {
  copy = copyWorkbook('foreign');
  foreign = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  const run = (file: string, args: string[]): Promise<string> => {
    const child = spawn(process.execPath, ['scripts/run.mjs', file, ...args], {
      cwd: copy.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    return printedAddress(child);
  };
  const { port } = await findFreePort(20_000 + Math.floor(Math.random() * 20_000));
  [browser, dev] = await Promise.all([
    chromium.launch({
      executablePath: findChromium(),
      args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP foreign.example 127.0.0.1'],
    }),
    startWorkbook(copy.folder, ['--dev']),
  ]);
  const files = ['/package.json?import', `/@fs${copy.folder}/package.json?import`, '/@vite/client'];
  servers['npm start'] = {
    address: inject('workbook'),
    paths: ['/', '/index.html', '/lab/catalogue', '/lab/events'],
    sockets: [],
  };
  servers['npm start -- --dev'] = {
    address: dev.url,
    paths: ['/', '/lab/catalogue', '/src/main.tsx', '/__open-in-editor?file=x', ...files],
    sockets: ['/'],
  };
  servers['npm run grade:ui'] = {
    address: await run('commands/grade-ui.ts', ['01']),
    paths: [
      '/__vitest__/',
      '/solutions/05-access-tokens/bearer-auth.ts',
      '/__open-in-editor?file=x',
      ...files,
    ],
    sockets: ['/__vitest_api__', '/'],
  };
  const serving = run('commands/serve.ts', ['solutions', '--port', String(port)]);
  servers['npm run serve'] = {
    address: `http://127.0.0.1:${port}/`,
    paths: ['/healthz', '/mcp', '/.well-known/oauth-authorization-server'],
    sockets: [],
  };
  void serving.catch(() => undefined);
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      {
        timeout: 60_000,
      },
    )
    .toBe(true);
}, 180_000);

afterAll(async () => {
  await Promise.all([
    browser.close(),
    dev.stop(),
    ...children.map(async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }),
  ]);
  foreign.close();
  copy.remove();
}, 60_000);

const asked = ['npm start', 'npm start -- --dev', 'npm run grade:ui', 'npm run serve'];
describe.each(asked)('%s', (name) => {
  // Pages of this machine may call `serve`: clients are such pages.
  const hosts = name === 'npm run serve' ? ['foreign.example'] : ['foreign.example', '127.0.0.1'];

  test.each(hosts)('shows a page at %s nothing', { timeout: 120_000 }, async (host) => {
    const { address, paths, sockets } = servers[name] ?? { address: '', paths: [], sockets: [] };
    const { port } = foreign.address() as AddressInfo;
    const page = await browser.newPage();
    await page.goto(`http://${host}:${port}/`);
    // The browser has been to the page itself: whatever cookie there is goes along if it may.
    const visited = await browser.contexts()[0]?.newPage();
    await visited?.goto(new URL(paths[0] ?? '/', address).href).catch(() => undefined);
    for (const path of paths) {
      const url = new URL(path, address).href;
      const got = await page.evaluate(attempts, url);
      expect(got, path).toEqual({
        script: 'error',
        image: 'error',
        style: 'error',
        fetched: 'failed',
        opaque: 'failed',
        framed: false,
      });
    }
    for (const path of sockets) {
      const url = new URL(path, address).href.replace('http', 'ws');
      expect(await page.evaluate(openSocket, url), path).toBe('error');
    }
    await visited?.close();
    await page.close();
  });
});

/** Runs in the page. `opaque`: whether the server let a page have anything without CORS. */
async function attempts(url: string): Promise<Record<string, unknown>> {
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
  const frame = document.createElement('iframe');
  frame.src = url;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 3000))]);
  return {
    script: await load(Object.assign(document.createElement('script'), { src: url })),
    image: await load(Object.assign(document.createElement('img'), { src: url })),
    style: await load(
      Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url }),
    ),
    fetched,
    opaque,
    framed: frame.contentWindow !== null && frame.contentWindow.length > 0,
  };
}

function openSocket(url: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, ['vite-hmr']);
    socket.addEventListener('open', () => resolve('open'));
    socket.addEventListener('error', () => resolve('error'));
  });
}
