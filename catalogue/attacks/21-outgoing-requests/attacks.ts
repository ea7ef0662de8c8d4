/** Attacks on a tool that fetches from an address that its caller gives, and its ordinary use. */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import { link, rfc } from '../references.ts';
import { describeReply, errorCodeOf } from '../replies.ts';
import {
  FEED,
  feedOf,
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
  '192.167.255.254',
  '192.169.0.1',
  '198.17.255.254',
  '198.20.0.1',
  '223.255.255.254',
];

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
        [`https://${host}/`]: 'application/json; charset=utf-8',
        [`https://${host}/v1/feed?station=42&since=2026-03-01`]: 'application/feed+json',
        [`https://${host}/a%20b/~x/@y`]: 'Application/JSON;charset="utf-8"',
        [`https://${host}:443/port`]: 'application/json',
        [`https://${host}/part#latest`]: 'application/json',
        [`HTTPS://天気.${host}/`]: 'application/geo+json; v=1',
      };
      const problems: string[] = [];
      for (const [url, type] of Object.entries(feeds)) {
        await publishFeed(lab, url, { headers: { 'content-type': type } });
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
        const hops = [`/moved`, `//other-${host}/a/b`, `../c?d=e`, `https://last-${host}/`, `feed`];
        let from = `https://${host}/feed.json`;
        for (const location of hops) {
          await lab.publish(from, { status, headers: { location } });
          from = new URL(location, from).href;
        }
        await publishFeed(lab, from);
        const problem = await whyNotImported(lab, `https://${host}/feed.json`);
        problems.push(...problem.map((said) => `After five redirects of ${status}: ${said}`));
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
        [PUBLIC_IPV6, PUBLIC_IPV4],
      ].entries()) {
        const url = `https://f${index}-${lab.nonce}.feeds.example/feed.json`;
        await publishFeed(lab, url, { addresses: [addresses] });
        problems.push(...(await whyNotImported(lab, url)));
      }
      return problems;
    },
  },
  {
    id: 'reads-whole-feeds',
    title: 'Long feeds are read whole',
    why: 'A month of hourly observations is a usual feed. What has less than 64 KiB is read to its end, in however many pieces it comes.',
    lessonAnchor: 'size-and-time',
    references: [rfc(9110, '8.6')],
    worksOnBaseline: true,
    async try(lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      const feed = feedOf(420);
      const padding = 60 * 1024 - JSON.stringify(feed).length;
      await publishFeed(lab, url, { body: feed, padding });
      return whyNotImported(lab, url, 420);
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
      const { reply } = await importWhileTimePasses(lab, url);
      return importedBy(reply) === FEED.observations.length
        ? []
        : [`The feed was not imported: ${describeReply(reply)}`];
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
      for (const text of [
        '',
        'feeds.example/feed.json',
        'https://',
        'https://[',
        'no address',
        '/feed.json',
      ]) {
        const reply = await importFeed(lab, text);
        if (errorCodeOf(reply) !== 'INVALID_INPUT') {
          problems.push(
            `“${text}” is invalid input (INVALID_INPUT); it answered ${describeReply(reply)}`,
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

export const catalogue: TopicCatalogue = {
  attacks: [...whereItGoes, ...whereItLeads, ...whatComesBack],
  uses,
};
