/** Redirects: the address was fine, and what it answers leads elsewhere. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import {
  asked,
  importEach,
  importFeed,
  importsHonestFeed,
  named,
  publishFeed,
  PUBLIC_IPV4,
  PUBLIC_IPV6,
} from './feeds.ts';
import { ssrf } from './where-it-goes.ts';

const redirects = rfc(9110, '15.4');

/** The first one, and one for each redirect. */
const MOST_REQUESTS = 6;

/** A page at each of these that leads to the next; the last of them is not published here. */
async function chain(lab: LabSession, hops: string[], status = 302): Promise<string> {
  const start = `https://${lab.nonce}.feeds.example/start`;
  let from = start;
  for (const hop of hops) {
    await lab.publish(from, { status, headers: { location: hop }, body: '' });
    from = new URL(hop, from).href;
  }
  return start;
}

interface Redirect {
  status: number;
  hops: string[];
}
const redirect = z.strictObject({
  status: z.number().int().min(300).max(399),
  hops: z.array(z.string().max(500)).min(1).max(10),
});

const ANOTHER_HOST = 'https://next-{{nonce}}.feeds.example/feed.json';

export const whereItLeads: Attack[] = [
  defineAttack<Redirect>({
    id: 'out-redirect-inside',
    title: 'A public page that leads inside',
    level: 'core',
    story:
      'The address is public, at every lookup. What answers there says 302, and names an address inside. A client that follows redirects by itself asks nobody.',
    secureAnswer:
      'No connection inside, and an error. Each hop is asked about like the first address.',
    lessonAnchor: 'each-hop-anew',
    references: [ssrf, redirects, cwe(601, 'URL Redirection to Untrusted Site')],
    payload: redirect,
    ordinaryUse: importsHonestFeed,
    variants: {
      'to an address': { status: 302, hops: ['https://10.0.0.5/feed.json'] },
      'to the keys of the cloud': { status: 301, hops: ['https://169.254.169.254/latest/'] },
      'without a scheme': { status: 307, hops: ['//127.0.0.1/feed.json'] },
      'to a name': { status: 308, hops: ['https://inside-{{nonce}}.feeds.example/feed.json'] },
      'to a name below its own': {
        status: 302,
        hops: ['https://inside.{{nonce}}.feeds.example/feed.json'],
      },
      'to IPv6': { status: 303, hops: ['https://[fd00::5]/feed.json'] },
      'the second time': {
        status: 302,
        hops: ['/next', 'https://next-{{nonce}}.feeds.example/', 'https://127.0.0.1/feed.json'],
      },
    },
    async fire({ status, hops }, lab) {
      for (const name of [`inside-${lab.nonce}`, `inside.${lab.nonce}`]) {
        const inside = `https://${name}.feeds.example/feed.json`;
        await publishFeed(lab, inside, { addresses: ['10.0.0.5'] });
      }
      const start = await chain(
        lab,
        hops.map((hop) => named(hop, lab)),
        status,
      );
      return importEach(lab, [start]);
    },
  }),

  defineAttack<{ lookups: string[]; next: string }>({
    id: 'out-redirect-rebinding',
    title: 'A hop that changes its mind',
    level: 'core',
    story:
      'The first address keeps to its word. It redirects to a name that answers with a public address once, and with one inside from then on.',
    secureAnswer: 'The connection of each hop goes to the address that was checked for that hop.',
    lessonAnchor: 'each-hop-anew',
    references: [ssrf, cwe(367, 'Time-of-check Time-of-use Race Condition')],
    payload: z.strictObject({
      lookups: z.array(z.string().max(60)).min(1).max(10),
      next: z.string().max(500),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'at once': { lookups: [PUBLIC_IPV4, '10.0.0.5'], next: ANOTHER_HOST },
      'after a while': {
        lookups: [PUBLIC_IPV4, PUBLIC_IPV4, PUBLIC_IPV4, '127.0.0.1'],
        next: ANOTHER_HOST,
      },
      'in IPv6': { lookups: [PUBLIC_IPV6, '::1'], next: ANOTHER_HOST },
      'on the same host': { lookups: [PUBLIC_IPV4, '10.0.0.5'], next: '/feed.json' },
    },
    async fire({ lookups, next }, lab) {
      const start = await chain(lab, [named(next, lab)]);
      // After the start, whose host it may be.
      await publishFeed(lab, new URL(named(next, lab), start).href, { addresses: lookups });
      return importEach(
        lab,
        lookups.map(() => start),
        true,
      );
    },
  }),

  defineAttack<Redirect>({
    id: 'out-redirect-elsewhere',
    title: 'A hop to what may not be asked',
    level: 'core',
    story:
      'The redirect stays among public machines, but goes to plain http, to another port, or to an address with a password in it. Whoever looks at the first address only has allowed it.',
    secureAnswer: 'No such request, and an error. What is asked of an address holds for each hop.',
    lessonAnchor: 'each-hop-anew',
    references: [ssrf, redirects, cwe(319, 'Cleartext Transmission of Sensitive Information')],
    payload: redirect,
    ordinaryUse: importsHonestFeed,
    variants: {
      'to http': { status: 301, hops: ['http://next-{{nonce}}.feeds.example/feed.json'] },
      'to http and back': {
        status: 302,
        hops: ['http://next-{{nonce}}.feeds.example/', 'https://last-{{nonce}}.feeds.example/'],
      },
      'to http in capitals': { status: 302, hops: ['HTTP://next-{{nonce}}.feeds.example/'] },
      'to its own host, in the clear': {
        status: 308,
        hops: ['http://{{nonce}}.feeds.example/feed.json'],
      },
      'to another port': { status: 307, hops: ['https://next-{{nonce}}.feeds.example:22/'] },
      'another port of its own': { status: 302, hops: ['//{{nonce}}.feeds.example:8080/feed'] },
      'with a password': {
        status: 308,
        hops: ['https://admin:admin@next-{{nonce}}.feeds.example/feed.json'],
      },
    },
    async fire({ status, hops }, lab) {
      const all = hops.map((hop) => named(hop, lab));
      const start = await chain(lab, all, status);
      await publishFeed(lab, new URL(all.at(-1) ?? start, start).href);
      return importEach(lab, [start]);
    },
  }),

  defineAttack<{ hops: number }>({
    id: 'out-redirect-chain',
    title: 'Redirects without end',
    level: 'core',
    story:
      'Each page leads to the next. One call makes the server send request after request, from its address, to wherever the attacker likes.',
    secureAnswer: 'An end after five redirects, and an error.',
    lessonAnchor: 'each-hop-anew',
    references: [
      link('Fetch, HTTP-redirect fetch', 'https://fetch.spec.whatwg.org/#http-redirect-fetch'),
      cwe(834, 'Excessive Iteration'),
    ],
    payload: z.strictObject({ hops: z.number().int().min(1).max(60) }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'fifteen, and a feed': { hops: 15 },
      'forty, and a feed': { hops: 40 },
      'six, and a feed': { hops: 6 },
    },
    async fire({ hops }, lab) {
      const places = Array.from({ length: hops }, (_, index) => `/hop-${index}`);
      const start = await chain(lab, places);
      await publishFeed(lab, new URL(places.at(-1) ?? '/', start).href);
      const reply = await importFeed(lab, start);
      const { length } = await asked(lab, [reply]);
      return {
        breaches:
          length > MOST_REQUESTS ? [`One call made the server send ${length} requests.`] : [],
        complaints: [],
      };
    },
  }),
];
