import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OutOfBandListener } from './out-of-band.ts';

let listener: OutOfBandListener;
beforeAll(async () => {
  listener = await OutOfBandListener.open();
});
afterAll(() => listener.close());

const ask = (url: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });

test('hears what a server was steered to, under the name of its firing', async () => {
  const mine = listener.path('mine');
  const other = listener.path('other');
  expect(await ask(`${mine.url}/jwks?x=1`)).toBe(404);
  expect(mine.hits()).toEqual(['GET /mine/jwks?x=1']);
  expect(other.hits()).toEqual([]);
});

test('keeps little of much, and nothing under a name that it has not given', async () => {
  const { url, hits } = listener.path('much');
  const long = 'x'.repeat(10_000);
  for (let sent = 0; sent < 30; sent++) await ask(`${url}/${long}`);
  await ask(url.replace('/much', '/nobody'));
  expect(hits()).toHaveLength(20);
  expect(Math.max(...hits().map(({ length }) => length))).toBeLessThanOrEqual(2_000);
  expect(listener.path('nobody').hits()).toEqual([]);
});

test.each<Record<string, string>>([
  { origin: 'http://127.0.0.1:5173' },
  { 'sec-fetch-site': 'cross-site' },
])('refuses browsers, which send %o', async (headers) => {
  const { url, hits } = listener.path('page');
  expect(await ask(url, headers)).toBe(403);
  expect(hits()).toEqual([]);
});
