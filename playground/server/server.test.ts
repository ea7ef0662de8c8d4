/** The parts of the lab's server that decide: who may ask, and which port. */
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { findFreePort, takePort } from '../../shared/free-port.ts';
import { createGatekeeper } from './gatekeeper.ts';

describe('the gatekeeper', () => {
  const gatekeeper = createGatekeeper(5173);
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

  test('is another one for each of several that start at the same time', async () => {
    const { port } = await findFreePort(20_000 + Math.floor(Math.random() * 20_000));
    const servers = Array.from({ length: 4 }, () => createServer());
    const taken = await Promise.all(servers.map((server) => takePort(server, port)));
    expect(new Set(taken.map((own) => own.port)).size).toBe(4);
    expect(taken.filter(({ takenBy }) => takenBy === undefined)).toHaveLength(1);
    for (const server of servers) server.close();
  });
});
