/** Addresses that documents name and the client itself asks, from where it stands. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { PUBLIC_IPV4, PUBLIC_IPV6 } from '../21-outgoing-requests/feeds.ts';
import { cwe, rfc } from '../references.ts';
import { bestPractices } from './opened-addresses.ts';
import {
  onlyBreaches,
  publishServer,
  signInAt,
  signsInHonestly,
  watching,
  type ServerSettings,
} from './servers.ts';

const ssrf = bestPractices('server-side-request-forgery-ssrf', 'Server-Side Request Forgery');

const documentKind = z.enum(['resource metadata', 'issuer', 'token endpoint']);
type DocumentKind = z.infer<typeof documentKind>;

/** A server whose documents lead to `url` at some step. */
function leadingTo(what: DocumentKind, url: string): ServerSettings {
  if (what === 'resource metadata') return { challenge: url };
  if (what === 'issuer') return { issuer: url };
  return { metadata: { token_endpoint: url } };
}

/** Requests that nobody may make the client send. `at` is where the server is. */
async function askedWrongly(lab: LabSession, url: string, times = 1, at = ''): Promise<Findings> {
  const breaches: string[] = [];
  for (let time = 0; time < times; time++) {
    const { done } = await signInAt(lab, url);
    for (const entry of done) {
      if (entry.kind !== 'web') continue;
      if (entry.inside) {
        breaches.push(`The client connected to ${entry.address} for ${entry.url}.`);
      } else if (
        !entry.url.startsWith('https:') &&
        !isOf(url, entry.url) &&
        !(isLoopback(at) && isLoopback(entry.address))
      ) {
        breaches.push(`The client asked ${entry.url}, in the clear.`);
      }
    }
  }
  return onlyBreaches(breaches);
}

/** At the very server: whoever connects there in the clear has done so already. */
const isOf = (server: string, url: string): boolean =>
  new URL(server).origin === new URL(url).origin;

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

const asking = {
  level: 'core',
  lessonAnchor: 'what-the-client-itself-asks',
  ordinaryUse: signsInHonestly,
} as const;

interface Led {
  what: DocumentKind;
  url: string;
  /** What its name stands for at each lookup; several addresses may come of one. */
  lookups: (string | string[])[];
  /** A server that is at this address, its authorization server elsewhere. */
  from?: { server: string; address: string } | undefined;
}
const ip = z.string().max(60);
const led: z.ZodType<Led> = z.strictObject({
  what: documentKind,
  url: z.string().max(200),
  lookups: z.array(z.union([ip, z.array(ip).max(4)])).max(8),
  from: z
    .strictObject({ server: z.string().max(200), address: z.union([z.ipv4(), z.ipv6()]) })
    .optional(),
});

/** A server that is somewhere on the internet, and leads to the keys of the cloud. */
const fromAfar = (address: string): Led => ({
  what: 'token endpoint',
  url: 'https://169.254.169.254/token',
  lookups: [],
  from: { server: 'https://mcp-{{nonce}}.example/mcp', address },
});

async function follow({ what, url, lookups, from }: Led, lab: LabSession): Promise<Findings> {
  const named = url.replaceAll('{{nonce}}', lab.nonce);
  const place: ServerSettings = from
    ? {
        server: from.server.replaceAll('{{nonce}}', lab.nonce),
        addresses: [from.address],
        hosted: true,
      }
    : {};
  const { url: server } = await publishServer(lab, { ...place, ...leadingTo(what, named) });
  if (lookups.length > 0) await lab.publish(named, { addresses: lookups, body: {} });
  return askedWrongly(lab, server, Math.max(1, lookups.length), from?.address);
}

/** A server inside may name this one; a server outside may not, whatever was asked before. */
const NEIGHBOUR = '10.0.0.6';
const afterwards = z.enum(['the same server, which has moved', 'another server']);

async function asInside(lab: LabSession, neighbour: string, name: string): Promise<string> {
  const { url } = await publishServer(lab, {
    name,
    addresses: ['10.0.0.7'],
    hosted: true,
    metadata: { token_endpoint: neighbour },
  });
  await lab.publish(neighbour, { addresses: [NEIGHBOUR], body: {} });
  return url;
}

export const endpoints: Attack[] = [
  defineAttack<Led>({
    ...asking,
    id: 'hs-endpoint-inside',
    title: 'Documents that lead inside',
    story:
      'The challenge, the metadata or the token endpoint lead to an address that only your client can reach: its user’s own machine, the printer in the next room, or, where the client runs in a cloud, the place where the keys are.',
    secureAnswer: 'No connection. A server on the internet leads to addresses on the internet.',
    references: [ssrf, rfc(9728, '7.7'), cwe(918, 'Server-Side Request Forgery')],
    payload: led,
    variants: {
      'metadata at the keys of the cloud': {
        what: 'resource metadata',
        url: 'https://169.254.169.254/latest/meta-data/',
        lookups: [],
      },
      'an issuer inside': { what: 'issuer', url: 'https://10.0.0.5', lookups: [] },
      'a token endpoint on this machine': {
        what: 'token endpoint',
        url: 'https://127.0.0.1/token',
        lookups: [],
      },
      'this machine by name': {
        what: 'token endpoint',
        url: 'https://localhost:8443/token',
        lookups: [],
      },
      'as a number': { what: 'resource metadata', url: 'https://2852039166/', lookups: [] },
      'of IPv6': { what: 'issuer', url: 'https://[fd00::5]', lookups: [] },
      'a name that leads inside': {
        what: 'token endpoint',
        url: 'https://inside-{{nonce}}.example/token',
        lookups: ['192.168.0.1'],
      },
      'an issuer whose name leads inside': {
        what: 'issuer',
        url: 'https://inside-{{nonce}}.example',
        lookups: ['10.0.0.5'],
      },
      'by a server behind NAT64': fromAfar('64:ff9b::5db8:d70e'),
      'by a server of 6to4': fromAfar('2002:5db8:d70e::1'),
      'by a server at a mapped address': fromAfar('::ffff:93.184.215.14'),
      'by a server of another IPv6': fromAfar('2606:2800:21f:cb07:6820:80da:af6b:8b2c'),
    },
    fire: follow,
  }),

  defineAttack<{ now: z.infer<typeof afterwards> }>({
    ...asking,
    id: 'hs-endpoint-remembered',
    title: 'What another server was allowed',
    story:
      'Your client has been at a server inside the network, which sent it to a neighbour there, and rightly. Now a server on the internet names the same neighbour; or the name of the first stands for a machine on the internet today.',
    secureAnswer: 'No connection. Each server is judged by where it is, each time.',
    references: [ssrf, cwe(488, 'Exposure of Data Element to Wrong Session')],
    payload: z.strictObject({ now: afterwards }),
    variants: {
      'the same neighbour': { now: 'another server' },
      'the server has moved': { now: 'the same server, which has moved' },
    },
    async fire({ now }, lab) {
      const neighbour = `https://neighbour-${lab.nonce}.example/token`;
      await lab.signIn(await asInside(lab, neighbour, 'before'), {});
      const name = now === 'another server' ? 'now' : 'before';
      const { url } = await publishServer(lab, { name, metadata: { token_endpoint: neighbour } });
      await lab.publish(neighbour, { addresses: [NEIGHBOUR], body: {} });
      return askedWrongly(lab, url);
    },
  }),

  defineAttack<{ times: number }>({
    ...asking,
    id: 'hs-endpoint-at-once',
    title: 'Two servers at once',
    story:
      'Your client signs in at two servers at the same time. One is inside the network and may name its neighbours. The other is on the internet, and what it names is judged in the very moment in which the first is.',
    secureAnswer: 'No connection. What is known of one server is not asked about another.',
    references: [ssrf, cwe(362, 'Race Condition')],
    payload: z.strictObject({ times: z.int().min(1).max(10) }),
    variants: { 'five of each': { times: 5 } },
    async fire({ times }, lab) {
      const inside = await asInside(lab, `https://neighbour-${lab.nonce}.example/token`, 'inside');
      const hidden = `https://hidden-${lab.nonce}.example/token`;
      const { url: outside } = await publishServer(lab, {
        name: 'outside',
        metadata: { token_endpoint: hidden },
      });
      await lab.publish(hidden, { addresses: [NEIGHBOUR], body: {} });
      const { done } = await watching(lab, () =>
        Promise.all(
          Array.from({ length: times }, () => [lab.signIn(outside), lab.signIn(inside)]).flat(),
        ),
      );
      const breaches = done.flatMap((entry) =>
        entry.kind === 'web' && entry.inside && entry.url === hidden
          ? [`The client connected to ${entry.address} for ${entry.url}.`]
          : [],
      );
      return onlyBreaches(breaches);
    },
  }),

  defineAttack<{ of: DocumentKind | 'server'; lookups: string[] }>({
    ...asking,
    id: 'hs-endpoint-rebinding',
    title: 'Names that change their minds',
    story:
      'A name stands for a public address when your client looks, and for one inside a moment later. Or it is the server’s own name that changes: a server inside may name its neighbours, so now this one may, it seems.',
    secureAnswer:
      'The connection goes to the address that was judged, and where the server is, the connection to it has said.',
    references: [ssrf, cwe(367, 'Time-of-check Time-of-use Race Condition')],
    payload: z.strictObject({
      of: z.enum([...documentKind.options, 'server']),
      lookups: z.array(z.string().max(60)).max(8),
    }),
    variants: {
      'the metadata': { of: 'resource metadata', lookups: [PUBLIC_IPV4, '169.254.169.254'] },
      'the issuer': { of: 'issuer', lookups: [PUBLIC_IPV4, PUBLIC_IPV6, '10.0.0.5'] },
      'the token endpoint': { of: 'token endpoint', lookups: [PUBLIC_IPV4, '127.0.0.1'] },
      'the token endpoint, later': {
        of: 'token endpoint',
        lookups: [PUBLIC_IPV4, PUBLIC_IPV6, PUBLIC_IPV4, '10.0.0.5'],
      },
      'the server': { of: 'server', lookups: [PUBLIC_IPV4, '10.0.0.5'] },
      'the server, later': { of: 'server', lookups: [PUBLIC_IPV4, PUBLIC_IPV4, '10.0.0.5'] },
    },
    async fire({ of, lookups }, lab) {
      if (of !== 'server') {
        const host = `https://moving-${lab.nonce}.example`;
        return follow({ what: of, url: of === 'issuer' ? host : `${host}/here`, lookups }, lab);
      }
      const { url } = await publishServer(lab, {
        challenge: `https://documents-${lab.nonce}.example/resource`,
        metadata: { token_endpoint: 'https://10.0.0.6/token' },
      });
      // Only now, for its pages have been published with one address each.
      await lab.publish(url, {
        addresses: lookups,
        status: 401,
        headers: {
          'www-authenticate': `Bearer resource_metadata="https://documents-${lab.nonce}.example/resource"`,
        },
      });
      return askedWrongly(lab, url);
    },
  }),

  defineAttack<Led>({
    ...asking,
    id: 'hs-endpoint-in-the-clear',
    title: 'Documents in the clear',
    story:
      'Metadata or the token endpoint are at an address without TLS. Whoever is on the way writes the documents themselves, or reads the code and the token that is given for it.',
    secureAnswer:
      'No request. Plain http is for a server on this machine, and for addresses on this machine then.',
    references: [ssrf, rfc(8414, '2'), cwe(319, 'Cleartext Transmission of Sensitive Information')],
    payload: led,
    variants: {
      'resource metadata': {
        what: 'resource metadata',
        url: 'http://documents-{{nonce}}.example/resource',
        lookups: [],
      },
      'an issuer': { what: 'issuer', url: 'http://login-{{nonce}}.example', lookups: [] },
      'a token endpoint': {
        what: 'token endpoint',
        url: 'http://login-{{nonce}}.example/token',
        lookups: [],
      },
      'a token endpoint in capitals': {
        what: 'token endpoint',
        url: 'HTTP://login-{{nonce}}.example/token',
        lookups: [],
      },
      'a token endpoint, with https further on': {
        what: 'token endpoint',
        url: 'http://login-{{nonce}}.example/https://token',
        lookups: [],
      },
      'for a server on this machine': {
        what: 'token endpoint',
        url: 'http://login-{{nonce}}.example/token',
        lookups: [],
        from: { server: 'http://127.0.0.1:3001/mcp', address: '127.0.0.1' },
      },
      'one of its addresses on this machine': {
        what: 'token endpoint',
        url: 'http://login-{{nonce}}.example/token',
        lookups: [['10.0.0.9', '127.0.0.1']],
        from: { server: 'http://127.0.0.1:3001/mcp', address: '127.0.0.1' },
      },
      'one of its addresses on this machine, in the middle': {
        what: 'token endpoint',
        url: 'http://login-{{nonce}}.example/token',
        lookups: [['10.0.0.9', '127.0.0.1', '10.0.0.10']],
        from: { server: 'http://127.0.0.1:3001/mcp', address: '127.0.0.1' },
      },
      'for a server inside': {
        what: 'token endpoint',
        url: 'http://login-{{nonce}}.example/token',
        lookups: ['10.0.0.7'],
        from: { server: 'https://mcp-{{nonce}}.example/mcp', address: '10.0.0.7' },
      },
    },
    fire: follow,
  }),
];
