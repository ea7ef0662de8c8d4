/** Addresses that lead where the caller could not go: by their text, or by what their names stand for. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import { cwe, link, rfc } from '../references.ts';
import {
  importEach,
  importsHonestFeed,
  named,
  publishFeed,
  PUBLIC_IPV4,
  PUBLIC_IPV6,
} from './feeds.ts';

export const ssrf = cwe(918, 'Server-Side Request Forgery');
const registry4 = link(
  'IANA IPv4 Special-Purpose Address Registry',
  'https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml',
);
const registry6 = link(
  'IANA IPv6 Special-Purpose Address Registry',
  'https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml',
);
const owasp = link(
  'OWASP Server Side Request Forgery Prevention Cheat Sheet',
  'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
);

const urls = z.strictObject({ urls: z.array(z.string().max(3000)).max(20) });
const addressList = z.strictObject({ addresses: z.array(z.string().max(60)).max(30) });

/** Publishes a feed for each address, at a name that stands for it. */
async function nameEach(
  lab: Parameters<typeof publishFeed>[0],
  addresses: string[],
): Promise<string[]> {
  const made: string[] = [];
  for (const [index, address] of addresses.entries()) {
    const url = `https://n${index}-${lab.nonce}.feeds.example/feed.json`;
    await publishFeed(lab, url, { addresses: [address] });
    made.push(url);
  }
  return made;
}

export const whereItGoes: Attack[] = [
  defineAttack<{ urls: string[] }>({
    id: 'out-inside-literal',
    title: 'An address inside, spelled in many ways',
    level: 'core',
    story:
      'The attacker names an address that only the server can reach: the place where a cloud keeps the server’s own keys, or the server’s own machine. One address has many spellings: as a number, in octal, in hex, with full-width digits, inside an IPv6 address.',
    secureAnswer:
      'No connection, and INVALID_INPUT. The URL parser has already made one spelling of them all; judge the host that it gives, as the address that it is.',
    lessonAnchor: 'which-address-it-is',
    references: [ssrf, owasp, rfc(3986, '7.4')],
    payload: urls,
    ordinaryUse: importsHonestFeed,
    variants: {
      'keys of the cloud': { urls: ['https://169.254.169.254/latest/meta-data/'] },
      'this machine': { urls: ['https://127.0.0.1/', 'https://127.8.8.8/', 'https://0.0.0.0/'] },
      'this machine by name': {
        urls: ['https://localhost/', 'https://LOCALHOST./', 'https://feeds.localhost/'],
      },
      'as a number': { urls: ['https://2852039166/', 'https://0xa9fea9fe/', 'https://167772165/'] },
      'octal and hex': { urls: ['https://0251.0376.0251.0376/', 'https://0x7f.1/'] },
      'full-width digits': { urls: ['https://１０.０.０.５/', 'https://10。0。0。5/'] },
      'with a backslash': { urls: ['https:\\\\10.0.0.5\\feed.json', 'https:10.0.0.5'] },
      IPv6: { urls: ['https://[::1]/', 'https://[fd00::5]/', 'https://[fe80::1]/'] },
      'IPv4 in IPv6': {
        urls: ['https://[::ffff:169.254.169.254]/', 'https://[::ffff:a00:5]/'],
      },
    },
    fire: ({ urls: given }, lab) =>
      importEach(
        lab,
        given.map((url) => named(url, lab)),
      ),
  }),

  defineAttack<{ addresses: string[] }>({
    id: 'out-inside-name',
    title: 'A name that stands for an address inside',
    level: 'core',
    story:
      'Anybody can own a name, and say that it stands for 10.0.0.5. To a filter that reads URLs it looks like every other name on the internet.',
    secureAnswer:
      'No connection, and INVALID_INPUT. The name says nothing; each address that it stands for has to be public, by the registries of special addresses.',
    lessonAnchor: 'which-address-it-is',
    references: [ssrf, registry4, rfc(6890, '2')],
    payload: addressList,
    ordinaryUse: importsHonestFeed,
    variants: {
      private: {
        addresses: [
          '10.0.0.5',
          '10.255.255.255',
          '172.16.0.1',
          '172.31.255.254',
          '192.168.1.1',
          '192.168.255.254',
        ],
      },
      'this machine': { addresses: ['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3'] },
      'link-local': { addresses: ['169.254.169.254', '169.254.0.1'] },
      'of a carrier': { addresses: ['100.64.0.1', '100.127.255.254'] },
      'of protocols and benchmarks': {
        addresses: ['192.0.0.170', '198.18.0.1', '198.19.255.254', '192.88.99.1'],
      },
      'of examples': { addresses: ['192.0.2.1', '198.51.100.1', '203.0.113.1'] },
      'of groups and of nobody': {
        addresses: ['224.0.0.251', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
      },
    },
    fire: async ({ addresses }, lab) => importEach(lab, await nameEach(lab, addresses)),
  }),

  defineAttack<{ addresses: string[] }>({
    id: 'out-inside-ipv6',
    title: 'A name with an IPv6 address inside',
    level: 'core',
    story:
      'The same name has an AAAA record. Networks have private, link-local and special addresses in IPv6 too, and a list that was written for IPv4 has none of them.',
    secureAnswer:
      'No connection, and INVALID_INPUT. Of IPv6, only 2000::/3 is given out to anybody, and parts of it are kept for other uses.',
    lessonAnchor: 'which-address-it-is',
    references: [ssrf, registry6, rfc(4291, '2.5')],
    payload: addressList,
    ordinaryUse: importsHonestFeed,
    variants: {
      'this machine': { addresses: ['::1', '::'] },
      'unique local': { addresses: ['fd00::5', 'fc00::5', 'fdff:ffff::1'] },
      'link-local': { addresses: ['fe80::1', 'febf::1', 'fe80::1%eth0'] },
      'site-local, as it was once': { addresses: ['fec0::1'] },
      multicast: { addresses: ['ff02::1', 'ff0e::1'] },
      'of examples': { addresses: ['2001:db8::1', '2001:db8:ffff::1', '3fff::1', '3fff:fff::1'] },
      'of protocols': {
        addresses: ['100::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1ff::1', '5f00::1'],
      },
      'given to nobody': { addresses: ['100:0:0:1::1', '4000::1', 'e000::1'] },
      // 2::1 is 0002::1, and no part of 2000::/3.
      'beginning like others': { addresses: ['2::1', '3::1', '20::1', '200::1', '3ff::1'] },
      'in another spelling': {
        addresses: [
          '0:0:0:0:0:0:0:1',
          '::0001',
          'FD00::5',
          'FE80::1',
          '2001:0db8::1',
          '2001:DB8::1',
        ],
      },
    },
    fire: async ({ addresses }, lab) => importEach(lab, await nameEach(lab, addresses)),
  }),

  defineAttack<{ addresses: string[] }>({
    id: 'out-ipv4-inside-ipv6',
    title: 'An IPv4 address that travels in IPv6',
    level: 'core',
    story:
      'Several kinds of IPv6 address carry an IPv4 address, and some network on the way takes it out again: the mapped form, NAT64, 6to4, Teredo and older ones. To a list of IPv6 ranges they are just addresses.',
    secureAnswer:
      'No connection, and INVALID_INPUT. Refuse these forms, or take the IPv4 address out and judge that.',
    lessonAnchor: 'addresses-inside-addresses',
    references: [ssrf, rfc(4291, '2.5.5'), rfc(6052, '2.1'), rfc(3056, '2'), rfc(4380, '4')],
    payload: addressList,
    ordinaryUse: importsHonestFeed,
    variants: {
      mapped: { addresses: ['::ffff:10.0.0.5', '::ffff:a9fe:a9fe', '::ffff:127.0.0.1'] },
      'mapped, all digits': { addresses: ['0:0:0:0:0:ffff:0a00:0005'] },
      compatible: { addresses: ['::10.0.0.5', '::a9fe:a9fe'] },
      translated: { addresses: ['::ffff:0:10.0.0.5'] },
      NAT64: { addresses: ['64:ff9b::10.0.0.5', '64:ff9b::a9fe:a9fe'] },
      'NAT64 of one’s own': { addresses: ['64:ff9b:1::a00:5'] },
      '6to4': { addresses: ['2002:a00:5::1', '2002:a9fe:a9fe::1'] },
      Teredo: { addresses: ['2001:0:a00:5::1', '2001::1'] },
      'to other places inside': {
        addresses: [
          '::ffff:192.168.1.1',
          '::ffff:100.64.0.1',
          '64:ff9b::c0a8:101',
          '2002:c0a8:101::1',
        ],
      },
      'in another spelling': {
        addresses: [
          '::FFFF:10.0.0.5',
          '0:0:0:0:0:0:a00:5',
          '64:ff9b:0:0:0:0:a00:5',
          '0064:FF9B::0a00:0005',
          '2002:0a00:0005::1',
          '2001:0000:0a00:0005::1',
        ],
      },
    },
    fire: async ({ addresses }, lab) => importEach(lab, await nameEach(lab, addresses)),
  }),

  defineAttack<{ answers: string[][] }>({
    id: 'out-mixed-answers',
    title: 'One address outside, one inside',
    level: 'core',
    story:
      'A name may stand for several addresses at once. The attacker’s stands for a public one, so that a check finds it, and for one inside, to which the connection goes.',
    secureAnswer:
      'No connection to the one inside: refuse the name, or connect to an address that was itself found to be public.',
    lessonAnchor: 'which-address-it-is',
    references: [ssrf, owasp],
    payload: z.strictObject({ answers: z.array(z.array(z.string().max(60)).max(10)).max(10) }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'inside first': { answers: [['10.0.0.5', PUBLIC_IPV4]] },
      'two families': { answers: [['fd00::5', PUBLIC_IPV6, PUBLIC_IPV4]] },
      'inside in every place': {
        answers: [
          ['10.0.0.5', PUBLIC_IPV4, PUBLIC_IPV6],
          [PUBLIC_IPV4, '10.0.0.5', PUBLIC_IPV6],
          [PUBLIC_IPV6, PUBLIC_IPV4, '::1'],
        ],
      },
    },
    async fire({ answers }, lab) {
      const made: string[] = [];
      for (const [index, addresses] of answers.entries()) {
        const url = `https://m${index}-${lab.nonce}.feeds.example/feed.json`;
        await publishFeed(lab, url, { addresses: [addresses] });
        made.push(url);
      }
      return importEach(lab, made, true);
    },
  }),

  defineAttack<{ lookups: (string | string[])[] }>({
    id: 'out-second-lookup',
    title: 'A name that changes its mind',
    level: 'core',
    story:
      'The attacker’s name server answers the first lookup with a public address, and the next one with 10.0.0.5. Whoever checks the name and then connects to the name has checked something else: DNS rebinding.',
    secureAnswer:
      'One lookup, and a connection to the very address that was checked. Whether that serves the feed or refuses it is up to you.',
    lessonAnchor: 'one-lookup',
    references: [ssrf, cwe(367, 'Time-of-check Time-of-use Race Condition'), owasp],
    payload: z.strictObject({
      lookups: z
        .array(z.union([z.string().max(60), z.array(z.string().max(60)).max(10)]))
        .min(1)
        .max(10),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'at once': { lookups: [PUBLIC_IPV4, '10.0.0.5'] },
      // Who asks whether each of them is public finds that each of none is.
      'no address at first': { lookups: [[], '10.0.0.5'] },
      'to this machine': { lookups: [PUBLIC_IPV4, '127.0.0.1'] },
      'after a while': { lookups: [PUBLIC_IPV4, PUBLIC_IPV4, PUBLIC_IPV4, '169.254.169.254'] },
      'in IPv6': { lookups: [PUBLIC_IPV6, '::1'] },
    },
    async fire({ lookups }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { addresses: lookups });
      // As often as it takes to come to the last of them, however often the server looks.
      return importEach(
        lab,
        lookups.map(() => url),
        true,
      );
    },
  }),

  defineAttack<{ urls: string[] }>({
    id: 'out-plain-http',
    title: 'A feed in the clear',
    level: 'core',
    story:
      'The address begins with http. Whoever sits between the server and the feed reads what is asked for, and answers what they like; and many services inside speak nothing but http.',
    secureAnswer: 'No request, and INVALID_INPUT: https only.',
    lessonAnchor: 'what-may-be-asked-at-all',
    references: [ssrf, cwe(319, 'Cleartext Transmission of Sensitive Information')],
    payload: urls,
    ordinaryUse: importsHonestFeed,
    variants: {
      http: { urls: ['http://{{nonce}}.feeds.example/feed.json'] },
      'in capitals': { urls: ['HTTP://{{nonce}}.feeds.example/feed.json'] },
      'with a tab': { urls: ['ht\ttp://{{nonce}}.feeds.example/feed.json'] },
      'https further on': { urls: ['http://{{nonce}}.feeds.example/https://feed.json'] },
      'at the port of https': { urls: ['http://{{nonce}}.feeds.example:443/feed.json'] },
      'other schemes': {
        urls: [
          'wss://{{nonce}}.feeds.example/feed.json',
          'ftp://{{nonce}}.feeds.example/feed.json',
          'data:application/json,{"observations":[]}',
        ],
      },
    },
    fire: publishAndImport,
  }),

  defineAttack<{ urls: string[] }>({
    id: 'out-other-port',
    title: 'Another service on a public machine',
    level: 'core',
    story:
      'The attacker has the server try the ports of somebody else’s machine. What is refused and what answers is a map of its services, drawn from your address, and some services do as they are told by a line of HTTP.',
    secureAnswer: 'No connection to any port but 443, and INVALID_INPUT.',
    lessonAnchor: 'what-may-be-asked-at-all',
    references: [ssrf, owasp],
    payload: urls,
    ordinaryUse: importsHonestFeed,
    variants: {
      'remote login': { urls: ['https://{{nonce}}.feeds.example:22/'] },
      'a database': { urls: ['https://{{nonce}}.feeds.example:6379/'] },
      'port of http': { urls: ['https://{{nonce}}.feeds.example:80/'] },
      'the usual other one': { urls: ['https://{{nonce}}.feeds.example:8443/feed.json'] },
      'in another spelling': {
        urls: [
          'https:\\\\{{nonce}}.feeds.example:22\\',
          'https:{{nonce}}.feeds.example:8443/feed.json',
          '\thttps:///{{nonce}}.feeds.example:6379/',
        ],
      },
      'beginning like 443': { urls: ['https://{{nonce}}.feeds.example:4433/'] },
    },
    fire: publishAndImport,
  }),

  defineAttack<{ urls: string[] }>({
    id: 'out-credentials',
    title: 'A password in the address',
    level: 'core',
    story:
      'What stands before an @ is user name and password. It looks like a host to people who read a log, and the server sends it along, so that it tries passwords at other people’s servers.',
    secureAnswer: 'No request, and INVALID_INPUT.',
    lessonAnchor: 'what-may-be-asked-at-all',
    references: [ssrf, rfc(3986, '7.5'), rfc(9110, '4.2.4')],
    payload: urls,
    ordinaryUse: importsHonestFeed,
    variants: {
      'user and password': { urls: ['https://admin:admin@{{nonce}}.feeds.example/feed.json'] },
      'a user': { urls: ['https://famous.example@{{nonce}}.feeds.example/feed.json'] },
      'a password': { urls: ['https://:secret@{{nonce}}.feeds.example/feed.json'] },
      'several signs': { urls: ['https://a@b@{{nonce}}.feeds.example/feed.json'] },
      escaped: { urls: ['https://a%40b@{{nonce}}.feeds.example/feed.json'] },
      'in another spelling': {
        urls: [
          'https:\\\\admin:admin@{{nonce}}.feeds.example\\feed.json',
          'https:admin:admin@{{nonce}}.feeds.example/feed.json',
          'ht\ttps://admin@{{nonce}}.feeds.example/feed.json',
        ],
      },
    },
    fire: publishAndImport,
  }),
];

async function publishAndImport(
  { urls: given }: { urls: string[] },
  lab: Parameters<typeof publishFeed>[0],
): ReturnType<typeof importEach> {
  const made = given.map((url) => named(url, lab));
  for (const url of made) {
    await publishFeed(lab, url);
    await publishFeed(lab, mended(url));
  }
  return importEach(lab, made);
}

/** What a server might make of an address instead of refusing it; there is a feed as well. */
function mended(text: string): string {
  const url = new URL(text);
  url.protocol = 'https:';
  url.port = '';
  url.username = '';
  url.password = '';
  return url.href;
}
