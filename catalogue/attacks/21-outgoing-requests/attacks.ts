/** Attacks on a tool that fetches from an address that its caller gives, and its ordinary use. */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import type { PublishedPage } from '../../../exercises/weather-server/world/web.ts';
import { cwe, link, rfc } from '../references.ts';
import { describeReply, errorCodeOf } from '../replies.ts';
import {
  asked,
  complainIfOutOfOrder,
  FEED,
  feedOf,
  feedOfBytes,
  importedBy,
  importFeed,
  publishFeed,
  PUBLIC_IPV4,
  PUBLIC_IPV6,
  whyNotImported,
} from './feeds.ts';
import { importWhileTimePasses, whatComesBack } from './what-comes-back.ts';
import { whereItGoes } from './where-it-goes.ts';
import { whereItLeads } from './where-it-leads.ts';

/** The first and the last address next to ranges that are kept for something. Nobody is asked. */
const NEIGHBOURS = [
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.254',
  '100.128.0.1',
  '126.255.255.254',
  '128.0.0.1',
  '169.253.255.254',
  '169.255.0.1',
  '172.15.255.254',
  '172.32.0.1',
  '191.255.255.254',
  '192.0.1.1',
  '192.0.3.1',
  '192.88.98.1',
  '192.88.100.1',
  '192.167.255.254',
  '192.169.0.1',
  '198.17.255.254',
  '198.20.0.1',
  '198.51.99.1',
  '198.51.101.1',
  '203.0.112.1',
  '203.0.114.1',
  '223.255.255.254',
];
/** Likewise, and parts of 2000::/3 that somebody has. */
const NEIGHBOURS_IPV6 = [
  '2001:200::1',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2001:4860:4860::8888',
  '2003::1',
  '2400:cb00::1',
  '2620:fe::fe',
  '2800:3f0::1',
  '2a00:1450::1',
  '2c0f:fb50::1',
];

const IMPORTS_AT_ONCE = 4;

/** What only an error of the platform has. */
const STACK = /node:internal|\bat [^"]*:\d+:\d+|ERR_INVALID_URL/;

const uses: LegitimateUse[] = [
  {
    id: 'imports-honest-feeds',
    title: 'Honest feeds are imported',
    why: 'Feeds have queries, paths of every kind, names in every script, and types of JSON with parameters or of their own.',
    lessonAnchor: 'what-counts-as-a-feed',
    references: [rfc(9110, '8.3'), rfc(6839, '3.1')],
    worksOnBaseline: true,
    async try(lab) {
      const host = `${lab.nonce}.feeds.example`;
      const feeds: Record<string, string> = {
        [`https://${host}/observations.json`]: 'application/json',
        [`https://${host}./a-whole-name`]: 'application/json ; charset=utf-8',
        [`https://${host}/?query=${'long'.repeat(200)}`]: 'application/vnd.feeds.v2-1+json',
        [`https://${host}/`]: 'application/json; charset=utf-8',
        [`https://${host}/v1/feed?station=42&since=2026-03-01`]: 'application/feed+json',
        [`https://${host}/a%20b/~x/@y`]: 'Application/JSON;charset="utf-8"',
        [`https://${host}:443/port`]: 'application/json',
        [`https://${host}/part#latest`]: 'application/json',
        [`HTTPS://天気.${host}/`]: 'application/geo+json; v=1',
      };
      const problems: string[] = [];
      for (const [url, type] of Object.entries(feeds)) {
        // Only of a redirect does `Location` say where to go on.
        const location = `https://elsewhere-${host}/`;
        await publishFeed(lab, url, { headers: { 'content-type': type, location } });
        problems.push(...(await whyNotImported(lab, url)).map((said) => `${said} (${type})`));
      }
      return problems;
    },
  },
  {
    id: 'follows-honest-redirects',
    title: 'Feeds that have moved are found',
    why: 'Feeds move, hosts get other names, and `Location` may be relative (RFC 9110 §10.2.2). Five redirects are followed.',
    lessonAnchor: 'each-hop-anew',
    references: [rfc(9110, '15.4'), rfc(9110, '10.2.2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const status of [301, 302, 303, 307, 308]) {
        const host = `s${status}-${lab.nonce}.feeds.example`;
        // Each host has addresses of its own, and its feed is nowhere else.
        const address = `93.184.216.${status % 100}`;
        const hops = [`/moved`, `//other-${host}/a/b`, `../c?d=e`, `https://last-${host}/`, `feed`];
        let from = `https://${host}/feed.json`;
        for (const location of hops) {
          await lab.publish(from, { status, headers: { location } });
          from = new URL(location, from).href;
        }
        await publishFeed(lab, from, { addresses: [address], outside: true });
        const reply = await importFeed(lab, `https://${host}/feed.json`);
        const last = (await asked(lab, [reply])).findLast(({ url }) => url === from);
        if (importedBy(reply) !== FEED.observations.length || last === undefined) {
          problems.push(`After five redirects of ${status}: ${describeReply(reply)}`);
        } else if (last.address !== address) {
          problems.push(
            `After five redirects of ${status} it asked ${last.address} for ${from}, which is at ${address}.`,
          );
        }
      }
      return problems;
    },
  },
  {
    id: 'reaches-public-neighbours',
    title: 'Addresses next to private ones are public',
    why: '172.32.0.1 is somebody’s on the internet, and 172.31.255.254 is not. Who cuts too much off keeps honest feeds out.',
    lessonAnchor: 'which-address-it-is',
    references: [
      rfc(1918, '3'),
      link(
        'IANA IPv4 Special-Purpose Address Registry',
        'https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml',
      ),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [index, address] of NEIGHBOURS.entries()) {
        const url = `https://n${index}-${lab.nonce}.feeds.example/feed.json`;
        await publishFeed(lab, url, { addresses: [address], outside: true });
        problems.push(...(await whyNotImported(lab, url)).map((said) => `${said} (${address})`));
      }
      return problems;
    },
  },
  {
    id: 'takes-either-family',
    title: 'Hosts with IPv4 and IPv6',
    why: 'Most large hosts have addresses of both families, in any order. That a host has the other one too is no reason to refuse it.',
    lessonAnchor: 'which-address-it-is',
    references: [rfc(8305, '3')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [index, addresses] of [
        [PUBLIC_IPV4, PUBLIC_IPV6],
        ...[PUBLIC_IPV6, ...NEIGHBOURS_IPV6].map((one) => [one, PUBLIC_IPV4]),
      ].entries()) {
        const url = `https://f${index}-${lab.nonce}.feeds.example/feed.json`;
        await publishFeed(lab, url, { addresses: [addresses], outside: true });
        const found = await whyNotImported(lab, url);
        problems.push(...found.map((said) => `${said} (${addresses.join(', ')})`));
      }
      return problems;
    },
  },
  {
    id: 'reads-whole-feeds',
    title: 'Long feeds are read whole',
    why: 'A month of hourly observations is a usual feed. What has 64 KiB or less is read to its end, in however many pieces it comes; and where one piece ends, a letter may not.',
    lessonAnchor: 'size-and-time',
    references: [rfc(9110, '8.6')],
    worksOnBaseline: true,
    async try(lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      const feed = feedOf(420);
      const padding = 60 * 1024 - JSON.stringify(feed).length;
      await publishFeed(lab, url, { body: feed, padding });
      return [
        ...(await whyNotImported(lab, url, 420)),
        ...(await whyNotKept(lab, 'x')),
        ...(await whyNotKept(lab, '天')),
      ];
    },
  },
  {
    id: 'waits-for-slow-feeds',
    title: 'Feeds that take some seconds',
    why: 'A small station answers slowly. What is there within ten seconds is waited for.',
    lessonAnchor: 'size-and-time',
    references: [rfc(9110, '15.5.9')],
    worksOnBaseline: true,
    async try(lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { answersAfter: 3_000, pause: 1_000, padding: 64 });
      const replies = await importWhileTimePasses(lab, [url]);
      return replies
        .filter((reply) => importedBy(reply) !== FEED.observations.length)
        .map((reply) => `The feed was not imported: ${describeReply(reply)}`);
    },
  },
  {
    id: 'imports-at-the-same-time',
    title: 'Several users import at the same time',
    why: 'While one host takes its time, other users import other feeds. What has been read, where it goes on and how much time is left belongs to one import.',
    lessonAnchor: 'size-and-time',
    references: [cwe(362, 'Race Condition')],
    worksOnBaseline: true,
    async try(lab) {
      const urls: string[] = [];
      for (let user = 1; user <= IMPORTS_AT_ONCE; user++) {
        const url = `https://u${user}-${lab.nonce}.feeds.example/start`;
        const hops = ['moved', 'again', `https://v${user}-${lab.nonce}.feeds.example/feed.json`];
        let from = url;
        for (const location of hops) {
          await lab.publish(from, { status: 302, headers: { location }, answersAfter: 1_000 });
          from = new URL(location, from).href;
        }
        await publishFeed(lab, from, { body: feedOf(user), padding: 30_000 });
        urls.push(url);
      }
      const replies = await importWhileTimePasses(lab, urls);
      return replies.flatMap((reply, index) =>
        importedBy(reply) === index + 1
          ? []
          : [`Of ${index + 1} observations: ${describeReply(reply)}`],
      );
    },
  },
  {
    id: 'says-what-can-be-mended',
    title: 'An address that is none',
    why: 'A model that has mistyped an address can mend it, if it is told that its input was the matter, and not that the server is out of order.',
    lessonAnchor: 'what-the-caller-learns',
    references: [
      link(
        'MCP, Tools: Error Handling',
        'https://modelcontextprotocol.io/specification/2025-11-25/server/tools#error-handling',
      ),
    ],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const withoutScheme = `${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, `https://${withoutScheme}`);
      for (const text of ['', withoutScheme, 'https://', 'https://[', 'no address', '/feed.json']) {
        const reply = await importFeed(lab, text);
        if (errorCodeOf(reply) !== 'INVALID_INPUT') {
          problems.push(
            `“${text}” is invalid input (INVALID_INPUT); it answered ${describeReply(reply)}`,
          );
        }
        if (STACK.test(reply.text)) {
          problems.push(`The error about “${text}” is the parser’s: ${describeReply(reply)}`);
        }
      }
      return problems;
    },
  },
  {
    id: 'says-that-there-is-none',
    title: 'Hosts that answer oddly',
    why: 'An error page may hold a feed, a redirect may lead nowhere, a body may be empty. None of it is a feed, and none of it means that this server is out of order.',
    lessonAnchor: 'what-counts-as-a-feed',
    references: [rfc(9110, '15')],
    worksOnBaseline: true,
    async try(lab) {
      const pages: Record<string, PublishedPage> = {
        'an error page with a feed': { status: 404 },
        'an error with a feed': { status: 503 },
        'a choice with a feed': { status: 300 },
        'a redirect without Location': { status: 302 },
        'a redirect to what is no URL': { status: 302, headers: { location: 'https://[' } },
        'a redirect without a host': { status: 307, headers: { location: 'https://' } },
        'not modified': { status: 304 },
        'no content': { status: 204, body: '' },
        'an empty body': { body: '' },
        'what is no JSON': { body: '{"observations":[' },
      };
      const problems: string[] = [];
      for (const [index, [name, page]] of Object.entries(pages).entries()) {
        const url = `https://o${index}-${lab.nonce}.feeds.example/`;
        await publishFeed(lab, url, page);
        const reply = await importFeed(lab, url);
        if (importedBy(reply) !== undefined || complainIfOutOfOrder(reply).length > 0) {
          problems.push(
            `There is no feed in ${name} (INVALID_INPUT); it answered ${describeReply(reply)}`,
          );
        }
      }
      return problems;
    },
  },
  {
    id: 'reaches-hosts-of-ipv6-only',
    title: 'Hosts with IPv6 only',
    level: 'stretch',
    why: 'Some hosts have no IPv4 address any more.',
    lessonAnchor: 'which-address-it-is',
    references: [rfc(4291, '2.5.4')],
    worksOnBaseline: true,
    async try(lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { addresses: [PUBLIC_IPV6] });
      return whyNotImported(lab, url);
    },
  },
];

/** The longest feed there is, in many pieces; each note has to be kept as it was sent. */
async function whyNotKept(lab: LabSession, letter: string): Promise<string[]> {
  const url = `https://${lab.nonce}.feeds.example/${encodeURIComponent(letter)}`;
  const { text, notes } = feedOfBytes(64 * 1024, letter);
  await publishFeed(lab, url, { body: text });
  const reply = await importFeed(lab, url);
  if (importedBy(reply) !== notes) {
    return [`A feed of 64 KiB was not imported: ${describeReply(reply)}`];
  }
  const kept = (await lab.tape()).flatMap((entry) =>
    entry.kind === 'sql' && entry.requestId === reply.requestId ? entry.parameters : [],
  );
  const isNote = (one: unknown): boolean => typeof one === 'string' && /^(.)\1+$/u.test(one);
  return kept.filter((one) => isNote(one) && String(one).startsWith(letter)).length === notes
    ? []
    : [
        `Of a feed in pieces, some notes are not what was sent: ${letter} has become another letter.`,
      ];
}

export const catalogue: TopicCatalogue = {
  attacks: [...whereItGoes, ...whereItLeads, ...whatComesBack],
  uses,
};
