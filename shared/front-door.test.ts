import {
  createServer,
  request as httpRequest,
  type Server,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standInFront } from './front-door.ts';

let server: Server;
let port: number;
let own: { host: string; cookie: string };
beforeAll(async () => {
  server = createServer((request, response) => void response.end(`shown: ${request.url}`));
  standInFront(server, { entrance: '/page/', isOwn: (path) => path.startsWith('/page/') });
  // Added later, as Vite and Vitest do.
  server.on('upgrade', (_request, socket) => {
    socket.end(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  const { headers } = await ask('/page/', { host: `127.0.0.1:${port}` });
  own = { host: `127.0.0.1:${port}`, cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
}

function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<Answered> {
  return new Promise((resolve) => {
    const asking = httpRequest({ host: '127.0.0.1', port, path, headers, method, agent: false });
    const settle = (response: Pick<IncomingMessage, 'statusCode' | 'headers'>): void =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    asking.on('response', (response) => {
      response.resume();
      settle(response);
    });
    asking.on('upgrade', (response, socket) => {
      socket.destroy();
      settle(response);
    });
    asking.on('error', () => resolve({ status: 0, headers: {} }));
    asking.end();
  });
}

test('gives a cookie to whoever visits the page, which no other page may frame or load', async () => {
  const { status, headers } = await ask('/page/', { host: `localhost:${port}` });
  expect(status).toBe(200);
  expect(headers['set-cookie']?.[0]).toMatch(
    /^workbook-\d+=\S{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(headers).toMatchObject({
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'content-security-policy': "frame-ancestors 'none'",
  });
});

test('lets the page have its own files', async () => {
  expect((await ask('/page/a.js?v=1', own)).status).toBe(200);
  expect((await ask('/page/a.js', { ...own, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

describe.each(['/page/', '/page/a.js'])('at %s', (path) => {
  test.each([
    ['another host name', { host: 'rebound.example' }],
    ['another origin', { origin: 'http://127.0.0.1:1' }],
    ['no origin of its own', { origin: 'null' }],
    ['a frame of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }],
    ['a script of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'script' }],
  ])('refuses %s, whatever cookie it has', async (_what, headers) => {
    expect((await ask(path, { ...own, ...headers })).status).toBe(403);
  });
});

test.each([
  ['without the cookie', '/page/a.js', { cookie: '' }, 403],
  ['with another cookie', '/page/a.js', { cookie: `workbook-x=${'a'.repeat(43)}` }, 403],
  ['for a file that is not the page’s', '/package.json', {}, 404],
  ['for an address that is written in two ways', '/page/../package.json', {}, 404],
  ['for a whole address', 'http://127.0.0.1/page/a.js', {}, 404],
])('refuses a request %s', async (_what, path, headers: Record<string, string>, status) => {
  expect((await ask(path, { ...own, ...headers })).status).toBe(status);
});

test('opens web sockets to the page alone', async () => {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
  const socket = (headers: Record<string, string>, path = '/page/socket') =>
    ask(path, { ...own, ...upgrade, ...headers }).then(({ status }) => status);
  expect(await socket({ origin: `http://127.0.0.1:${port}` })).toBe(101);
  expect(await socket({ origin: 'http://127.0.0.1:1' })).toBe(0);
  expect(await socket({ host: 'rebound.example' })).toBe(0);
  expect(await socket({ cookie: '' })).toBe(0);
  expect(await socket({}, '/other')).toBe(0);
});
