import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { AddressBook, AddressRefused, distanceOf, type Resolve } from './address-book.ts';
import { PoliteClient, USER_AGENT, type Clock } from './polite-client.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
}

const leadsTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

class TestClock implements Clock {
  readonly slept: number[] = [];
  #now = 0;
  now = (): number => this.#now;
  sleep = async (milliseconds: number): Promise<void> => {
    this.slept.push(milliseconds);
    this.#now += milliseconds;
  };
}

describe('the address book', () => {
  test.each([
    ['127.8.9.1', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['fd00::1', 'private'],
    ['169.254.169.254', 'never'],
    ['0.0.0.0', 'never'],
    ['fe80::1', 'never'],
    ['fe80::1%lo', 'never'],
    ['250.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    // Addresses that lead to one of IPv4, whichever that is.
    ['64:ff9b::7f00:1', 'never'],
    ['64:ff9b:1::7f00:1', 'never'],
    ['2002:7f00:1::', 'never'],
    ['2001::7f00:1', 'never'],
    ['100.64.0.1', 'private'],
    ['198.18.0.7', 'public'],
    ['203.0.113.7', 'public'],
    ['2001:db8::1', 'public'],
  ])('%s is %s', (address, distance) => expect(distanceOf(address)).toBe(distance));

  test('opens loopback only, unless the user may audit elsewhere', async () => {
    const url = new URL('https://weather.example/mcp');
    const mixed = leadsTo('127.0.0.1', '203.0.113.7');
    for (const resolve of [leadsTo('203.0.113.7'), leadsTo('10.0.0.1'), mixed]) {
      await expect(new AddressBook(false, resolve).openTarget(url)).rejects.toThrow(AddressRefused);
      await expect(new AddressBook(true, resolve).openTarget(url)).resolves.toBeDefined();
    }
    await expect(new AddressBook(false, leadsTo('::1')).openTarget(url)).resolves.toBeDefined();
    const metadata = leadsTo('169.254.169.254');
    await expect(new AddressBook(true, metadata).openTarget(url)).rejects.toThrow(/never/);
  });

  test('lets no public server name an address of this machine or its network', async () => {
    const book = new AddressBook(true, leadsTo('203.0.113.7'));
    await book.openTarget(new URL('https://weather.example/mcp'));
    for (const near of ['http://127.0.0.1/', 'http://[::1]/', 'http://192.168.0.1/']) {
      await expect(book.open(new URL(near))).rejects.toThrow(/not asked/);
    }
  });

  test('resolves a name once', async () => {
    const answers = [leadsTo('127.0.0.1'), leadsTo('203.0.113.7')];
    const book = new AddressBook(false, (name) => answers.shift()!(name));
    const url = new URL('http://rebind.example/');
    const first = await book.openTarget(url);
    expect(await book.open(url)).toEqual(first);
  });
});

describe('the polite client', () => {
  test('says who it is, pauses, and stops at its number of requests', async () => {
    const agents: (string | undefined)[] = [];
    const url = await serve(({ headers }, response) => {
      agents.push(headers['user-agent']);
      response.end();
    });
    const clock = new TestClock();
    const client = new PoliteClient(new AddressBook(false), {
      clock,
      limits: { requests: 3, keptBack: 0 },
    });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => client.ask({ url })));
    expect(agents).toEqual([USER_AGENT, USER_AGENT, USER_AGENT]);
    expect(clock.slept).toEqual([200, 200]);
    expect(answers.map(({ kind }) => kind)).toEqual([
      ...Array<string>(3).fill('reply'),
      ...Array<string>(2).fill('silence'),
    ]);
  });

  test('follows no redirect', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked++;
      response.writeHead(302, { location: 'http://203.0.113.7/' }).end();
    });
    const reply = await new PoliteClient(new AddressBook(false)).ask({ url });
    expect(reply).toMatchObject({ status: 302, headers: { location: 'http://203.0.113.7/' } });
    expect(asked).toBe(1);
  });

  test('leaves a server alone that has said it is too much', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked++;
      response.writeHead(429).end();
    });
    const client = new PoliteClient(new AddressBook(false));
    await client.ask({ url });
    expect(await client.ask({ url })).toMatchObject({ kind: 'silence' });
    expect(asked).toBe(1);
  });

  test('sends attacks to loopback only, whatever is allowed', async () => {
    const client = new PoliteClient(new AddressBook(true, leadsTo('203.0.113.7')));
    const url = new URL('https://weather.example/mcp');
    expect(await client.ask({ url, isAttack: true })).toMatchObject({ kind: 'silence' });
    expect(client.sent).toBe(0);
  });

  test.each<[string, RequestListener]>([
    ['hangs', () => undefined],
    [
      'drips',
      (_request, response) => {
        const drip = setInterval(() => response.write('.'), 10);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('does not wait for a server that %s', async (_what, answer) => {
    const url = await serve(answer);
    const client = new PoliteClient(new AddressBook(false), { limits: { exchange: 100 } });
    expect(await client.ask({ url })).toMatchObject({ why: expect.stringMatching(/in time/) });
  });

  test('reads so much of a body and no more', async () => {
    const url = await serve((_request, response) => response.end(Buffer.alloc(50 << 20, 'a')));
    const client = new PoliteClient(new AddressBook(false), { limits: { bodyBytes: 1000 } });
    const reply = await client.ask({ url });
    expect(reply).toMatchObject({ isCut: true, body: 'a'.repeat(1000) });
  });
});
