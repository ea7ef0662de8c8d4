/**
 * Whatever the web answers, `fetchFeed` of the reference reaches only what anybody could reach, and
 * ends. And what the lesson says of packages about addresses, looked at again.
 */
import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import type { SecurityControls } from '../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../exercises/weather-server/errors.ts';
import { Tape } from '../../exercises/weather-server/world/tape.ts';
import { openWeb, type PublishedPage } from '../../exercises/weather-server/world/web.ts';
import { isPublicAddress as publicToClientDocuments } from '../../solutions/02-client-registration/client-document.ts';
import { fetchFeed } from '../../solutions/21-outgoing-requests/fetch-feed.ts';
import {
  chooseAddress,
  isPublicAddress,
  parseFeedUrl,
} from '../../solutions/21-outgoing-requests/outgoing-address.ts';
import { chooseAddress as chooseByNumbers } from '../right-solutions/21-outgoing-requests/addresses-as-numbers.ts';
import { chooseAddress as chooseByBlockList } from '../right-solutions/21-outgoing-requests/block-list.ts';

const PUBLIC = '93.184.215.14';
const RUNS = { numRuns: 500 };

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const ipv4 = bytes(4).map((parts) => new ipaddr.IPv4([...parts]).toString());
/** Of the ranges that something is kept in, more often than chance would. */
const ipv6 = fc
  .tuple(fc.constantFrom('', '2001', '2002', '3fff', '64', 'fe80', 'fd00', '0'), bytes(16))
  .map(([beginning, parts]) => {
    const all = [...parts];
    if (beginning !== '') {
      const group = Number.parseInt(beginning, 16);
      all.splice(0, 2, group >> 8, group & 255);
    }
    return new ipaddr.IPv6(all).toString();
  });
const address = fc.oneof(ipv4, ipv6);

describe('addresses', () => {
  test('are public to topic 02 and to topic 21 alike', () => {
    const anything = fc.oneof(
      address,
      fc.string(),
      fc.constantFrom('010.0.0.5', '0x7f.1', '[::1]'),
    );
    fc.assert(
      fc.property(anything, (one) => publicToClientDocuments(one) === isPublicAddress(one)),
      RUNS,
    );
  });

  test('are public to right solutions that have lists of their own, but for ranges with a use', async () => {
    const isTaken = async (choose: SecurityControls['chooseAddress'], one: string) => {
      const web = { lookup: async () => [one], fetch: () => Promise.reject(new Error()) };
      return choose('feeds.example', web).then(
        () => true,
        () => false,
      );
    };
    await fc.assert(
      fc.asyncProperty(address, async (one) => {
        const ours = isPublicAddress(one);
        for (const choose of [chooseByNumbers, chooseByBlockList]) {
          const theirs = await isTaken(choose, one);
          // Relays of 6to4, AS 112 and AMT are reachable, and nobody's feed.
          const hasUse = /^(?:as112|amt|as112v6)$/.test(ipaddr.parse(one).range());
          expect(ours, one).toBe(hasUse ? false : theirs);
        }
      }),
      RUNS,
    );
  });

  test('that carry an address inside are never public, whichever form it is', () => {
    const inside = fc
      .tuple(fc.constantFrom(10, 127), bytes(3))
      .map(([first, rest]) => [first, ...rest]);
    const forms: ((inner: number[]) => number[])[] = [
      (inner) => [...Array<number>(10).fill(0), 255, 255, ...inner],
      (inner) => [...Array<number>(12).fill(0), ...inner],
      (inner) => [...Array<number>(8).fill(0), 255, 255, 0, 0, ...inner],
      (inner) => [0, 0x64, 0xff, 0x9b, ...Array<number>(8).fill(0), ...inner],
      (inner) => [0x20, 0x02, ...inner, ...Array<number>(10).fill(1)],
      (inner) => [0x20, 0x01, 0, 0, ...inner, ...Array<number>(8).fill(1)],
    ];
    fc.assert(
      fc.property(inside, fc.constantFrom(...forms), (inner, carry) => {
        expect(isPublicAddress(new ipaddr.IPv6(carry(inner)).toString())).toBe(false);
      }),
      RUNS,
    );
  });
});

describe('a web that answers anything', () => {
  const hosts = ['a', 'b', 'c', 'd'].map((name) => `${name}.feeds.example`);
  const home = fc.constantFrom(...hosts).map((host) => `https://${host}/`);
  const place = fc.oneof(
    { weight: 6, arbitrary: home },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '/',
        'https://10.0.0.5/',
        'http://a.feeds.example/',
        'https://a.feeds.example:22/',
        'https://a:b@b.feeds.example/',
        '//[::1]/',
        'https://',
        'ftp://c.feeds.example/',
        'data:application/json,{}',
        '\\\\d.feeds.example',
        'https://nobody.example/',
      ),
    },
    { weight: 1, arbitrary: fc.string() },
  );
  const answers = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(PUBLIC) },
      { weight: 1, arbitrary: fc.constantFrom('10.0.0.5', '::1', '64:ff9b::a00:5') },
      { weight: 1, arbitrary: fc.constant([PUBLIC, 'fd00::5']) },
    ),
    { minLength: 1, maxLength: 4 },
  );
  const page = fc.record(
    {
      status: fc.constantFrom(200, 200, 201, 301, 302, 303, 304, 307, 308, 404),
      headers: fc.record(
        {
          location: place.filter((text) => /^[\x20-\x7e]*$/.test(text)),
          'content-type': fc.constantFrom('application/json', 'text/html', ''),
        },
        { requiredKeys: ['location'] },
      ),
      body: fc.oneof(fc.string(), fc.jsonValue()),
      padding: fc.constantFrom(0, 100, 60_000, 70_000, 5_000_000),
      addresses: answers,
    },
    { requiredKeys: ['addresses', 'status', 'headers'] },
  ) as fc.Arbitrary<PublishedPage>;

  test('is left with a text or with one refusal, after six requests at most, none of them inside', async () => {
    let texts = 0;
    let hops = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 4, maxLength: 4 }), place, async (all, url) => {
        const tape = new Tape();
        const web = openWeb(tape);
        for (const [index, one] of all.entries()) web.publish(`https://${hosts[index]}/`, one);
        const result: unknown = await fetchFeed(url, { web, parseFeedUrl, chooseAddress }).catch(
          (error: unknown) => error,
        );
        expect(typeof result === 'string' || result instanceof InvalidInputError).toBe(true);
        const asked = tape.entries().filter((entry) => entry.kind === 'web');
        expect(asked.length).toBeLessThanOrEqual(6);
        if (typeof result === 'string') texts++;
        if (asked.length > 1) hops++;
        for (const entry of asked) {
          expect(entry.inside, entry.url).toBe(false);
          expect(entry.url).toMatch(/^https:\/\/[^:@/]+\//);
          // One piece may have begun when the limit was reached.
          expect(entry.bytes).toBeLessThanOrEqual(64 * 1024 + 16 * 1024);
        }
      }),
      RUNS,
    );
    // Or nothing would have been tried.
    expect(texts).toBeGreaterThan(5);
    expect(hops).toBeGreaterThan(50);
  });
});

describe('what the lesson says of packages', () => {
  const list = new BlockList();
  list.addSubnet('10.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');

  test('BlockList takes IPv4 for granted, and says no to what it cannot read', () => {
    expect(list.check('::1')).toBe(false);
    expect(list.check('::1', 'ipv6')).toBe(true);
    expect(list.check('[::1]', 'ipv6')).toBe(false);
    expect(list.check('0xa.1')).toBe(false);
  });

  test('BlockList refuses all of IPv4 for a rule about the mapped form', () => {
    const mapped = new BlockList();
    mapped.addSubnet('::ffff:0:0', 96, 'ipv6');
    expect(mapped.check(PUBLIC)).toBe(true);
  });

  test.each([
    ['::ffff:10.0.0.5', true, 'ipv4Mapped'],
    ['::10.0.0.5', false, 'ipv4Mapped'],
    ['::ffff:0:a00:5', false, 'rfc6145'],
    ['64:ff9b::a00:5', false, 'rfc6052'],
    ['2002:a00:5::1', false, '6to4'],
    ['2001:0:a00:5::1', false, 'teredo'],
  ])('%s: BlockList finds 10.0.0.5 in it: %s; ipaddr.js calls it %s', (text, isFound, range) => {
    expect(list.check(text, 'ipv6')).toBe(isFound);
    expect(ipaddr.parse(text).range()).toBe(range);
  });

  test('ipaddr.js calls unicast what nobody has, and the old form in hex', () => {
    for (const text of ['4000::1', '::a9fe:a9fe']) {
      expect(ipaddr.parse(text).range()).toBe('unicast');
      expect(isPublicAddress(text)).toBe(false);
    }
  });

  test('ipaddr.js reads short and hex forms, and process() unwraps the mapped form only', () => {
    for (const text of ['0x7f.1', '127.1']) {
      expect(ipaddr.parse(text).toString()).toBe('127.0.0.1');
      expect(isIP(text)).toBe(0);
    }
    expect(isIP('010.0.0.5')).toBe(0);
    expect(ipaddr.process('::ffff:10.0.0.5').range()).toBe('private');
    expect(ipaddr.process('64:ff9b::a00:5').range()).toBe('rfc6052');
  });

  test('the URL parser has one spelling for all of these', () => {
    for (const text of ['2852039166', '0xa9fea9fe', '0251.0376.0251.0376']) {
      expect(new URL(`https://${text}/`).hostname).toBe('169.254.169.254');
    }
    expect(new URL('ht\ttps:\\\\a.example').href).toBe('https://a.example/');
  });

  test('fetch refuses user information, and reads data: without any network', async () => {
    await expect(fetch('http://a:b@127.0.0.1:9/')).rejects.toThrow('credentials');
    expect(await (await fetch('data:application/json,[1]')).json()).toEqual([1]);
  });
});
