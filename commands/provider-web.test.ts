/** What `--issuer` lets out of this machine, tried with a provider of our own. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProviderWeb } from './provider-web.ts';

let server: Server;
let origin: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/moved') response.writeHead(302, { location: '/keys' });
    response.end(JSON.stringify({ at: url }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('asks the issuer’s own origin, in the clear and on this machine, as the operator named it', async () => {
  const web = openProviderWeb(`${origin}/realms/a`);
  expect(await (await web.fetch(`${origin}/keys`)).json()).toEqual({ at: '/keys' });
});

test('shows a redirect or refuses it, and never follows it', async () => {
  const web = openProviderWeb(origin);
  asked.length = 0;
  expect((await web.fetch(`${origin}/moved`, { redirect: 'manual' })).status).toBe(302);
  await expect(web.fetch(`${origin}/moved`, { redirect: 'follow' })).rejects.toThrow();
  expect(asked).toEqual(['/moved', '/moved']);
});

test('asks nobody else in the clear, and nobody inside', async () => {
  const web = openProviderWeb('https://id.example');
  asked.length = 0;
  await expect(web.fetch(`${origin}/keys`)).rejects.toThrow('https');
  await expect(web.fetch('https://127.0.0.1/keys')).rejects.toThrow('public');
  expect(asked).toEqual([]);
});
