import { BlockList, isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { ChooseAddress } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import {
  chooseAddress as rightly,
  isPublicAddress,
} from '../../../solutions/21-outgoing-requests/outgoing-address.ts';
import type { Mistake } from '../../solutions.ts';

const refused = (): InvalidInputError => new InvalidInputError('This host will not do.');

/** One lookup, all addresses judged, the first one taken. */
const choosing =
  (isPublic: (address: string) => boolean): ChooseAddress =>
  async (host, web) => {
    const addresses = await web.lookup(host).catch(() => []);
    const [first] = addresses;
    if (first === undefined || !addresses.every(isPublic)) throw refused();
    return first;
  };

const rangeOf = (address: string): string => ipaddr.parse(address).range();

const blockList = (...networks: string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
};
const IPV6_LIST = blockList(
  '::/127',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  '100::/64',
  '100:0:0:1::/64',
  '2001:2::/48',
  '2001:20::/28',
  '2001:db8::/32',
  '3fff::/20',
  '4000::/2',
  '5f00::/16',
  '8000::/1',
  '::ffff:0:0/96',
);

export const mistakes: Mistake[] = [
  {
    name: 'the-hosts-name',
    mistake: 'Names are compared with a list of bad names; what they stand for is not asked.',
    caughtBy: [
      'out-inside-literal',
      'out-inside-name',
      'out-inside-ipv6',
      'out-ipv4-inside-ipv6',
      'out-mixed-answers',
      'out-second-lookup',
      'out-redirect-inside',
      'out-redirect-rebinding',
      'out-map-of-names',
    ],
    controls: {
      async chooseAddress(host, web) {
        if (['localhost', '127.0.0.1', '[::1]', '169.254.169.254'].includes(host)) throw refused();
        const [address] = await web.lookup(host).catch(() => []);
        if (address === undefined) throw refused();
        return address;
      },
    },
  },
  {
    name: 'ipv4-beginnings',
    mistake: 'Private addresses are known by how their text begins, and only those of IPv4.',
    caughtBy: [
      'out-inside-literal',
      'out-inside-name',
      'out-inside-ipv6',
      'out-ipv4-inside-ipv6',
      'out-mixed-answers',
      'out-second-lookup',
      'out-redirect-inside',
      'out-redirect-rebinding',
      'out-map-of-names',
    ],
    controls: {
      chooseAddress: choosing(
        (address) =>
          !/^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|22[4-9]|2[34]\d|25[0-5])\./.test(
            address,
          ),
      ),
    },
  },
  {
    name: 'private-by-the-library',
    mistake: 'Asks a library for private ranges by name, and knows too few of its names.',
    caughtBy: [
      'out-inside-literal',
      'out-inside-name',
      'out-inside-ipv6',
      'out-ipv4-inside-ipv6',
      'out-second-lookup',
      'out-redirect-inside',
    ],
    controls: {
      chooseAddress: choosing((address) => {
        const parsed = ipaddr.process(address);
        return !['private', 'loopback', 'uniqueLocal'].includes(parsed.range());
      }),
    },
  },
  {
    name: 'reserved-is-not-private',
    mistake:
      'Of IPv4, ranges that are kept for protocols, benchmarks, examples and the future pass.',
    caughtBy: ['out-inside-name'],
    controls: {
      chooseAddress: choosing(
        (address) =>
          isPublicAddress(address) || (isIPv4(address) && rangeOf(address) === 'reserved'),
      ),
    },
  },
  {
    name: 'carriers-are-outside',
    mistake: 'Addresses of carriers (100.64.0.0/10) are taken for public ones.',
    caughtBy: ['out-inside-name'],
    controls: {
      chooseAddress: choosing(
        (address) =>
          isPublicAddress(address) || (isIPv4(address) && rangeOf(address) === 'carrierGradeNat'),
      ),
    },
  },
  {
    name: 'unicast-is-enough',
    mistake:
      'Whatever the library calls unicast is public, though of IPv6 most of that is given to nobody.',
    caughtBy: ['out-inside-ipv6', 'out-ipv4-inside-ipv6'],
    controls: {
      chooseAddress: choosing(
        (address) => ipaddr.parse(address).range() === 'unicast' && !address.startsWith('::'),
      ),
    },
  },
  {
    name: 'few-names-of-ipv6',
    mistake: 'Of IPv6, the usual four ranges are refused, and what carries IPv4; all others pass.',
    caughtBy: ['out-inside-ipv6', 'out-ipv4-inside-ipv6'],
    controls: {
      chooseAddress: choosing((address) => {
        if (isIPv4(address)) return isPublicAddress(address);
        if (/^::./.test(address)) return false;
        return ![
          'loopback',
          'uniqueLocal',
          'linkLocal',
          'multicast',
          'ipv4Mapped',
          'rfc6145',
          'rfc6052',
          '6to4',
          'teredo',
        ].includes(rangeOf(address));
      }),
    },
  },
  {
    name: 'mapped-is-all-there-is',
    mistake: 'Of the addresses that carry IPv4, a list of IPv6 ranges has the mapped ones only.',
    caughtBy: ['out-ipv4-inside-ipv6', 'out-inside-ipv6'],
    controls: {
      chooseAddress: choosing((address) =>
        isIPv4(address)
          ? isPublicAddress(address)
          : isIP(address) === 6 && !IPV6_LIST.check(address, 'ipv6'),
      ),
    },
  },
  {
    name: 'transition-is-public',
    mistake: '6to4 and Teredo are taken for public addresses, because they look like any.',
    caughtBy: ['out-ipv4-inside-ipv6'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) || ['6to4', 'teredo'].includes(rangeOf(address)),
      ),
    },
  },
  {
    name: 'nat64-is-a-gateways-business',
    mistake: 'NAT64 addresses pass, as if the gateway would not lead them inside.',
    caughtBy: ['out-ipv4-inside-ipv6'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) || rangeOf(address) === 'rfc6052',
      ),
    },
  },
  {
    name: 'one-public-is-enough',
    mistake: 'One public address among several is enough, and then the first of them is taken.',
    caughtBy: ['out-mixed-answers'],
    controls: {
      async chooseAddress(host, web) {
        const addresses = await web.lookup(host).catch(() => []);
        const [first] = addresses;
        if (first === undefined || !addresses.some(isPublicAddress)) throw refused();
        return first;
      },
    },
  },
  {
    name: 'looks-once-more',
    mistake: 'The address that is given comes from a second lookup.',
    caughtBy: ['out-second-lookup', 'out-redirect-rebinding'],
    controls: {
      async chooseAddress(host, web) {
        await rightly(host, web);
        const [again] = await web.lookup(host);
        return again ?? '';
      },
    },
  },
  {
    name: 'localhost-for-development',
    mistake: 'localhost was let through for development, and still is.',
    caughtBy: ['out-inside-literal'],
    controls: {
      chooseAddress: (host, web) =>
        /(?:^|\.)localhost\.?$/.test(host) ? Promise.resolve('127.0.0.1') : rightly(host, web),
    },
  },
  {
    name: 'literals-as-they-are',
    mistake: 'An address needs no lookup, and so is not judged either.',
    caughtBy: ['out-inside-literal', 'out-redirect-inside'],
    controls: {
      async chooseAddress(host, web) {
        const bare = host.replaceAll(/[[\]]/g, '');
        return isIP(bare) ? bare : rightly(host, web);
      },
    },
  },
  {
    name: 'no-ipv6-at-all',
    mistake: 'A host that has an IPv6 address too is refused.',
    caughtBy: ['takes-either-family'],
    controls: {
      chooseAddress: choosing((address) => isIPv4(address) && isPublicAddress(address)),
    },
  },
  {
    name: 'whole-classes',
    mistake: 'Networks are cut off at whole numbers: all of 172, of 192 and of 100.',
    caughtBy: ['reaches-public-neighbours'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) && !/^(?:100|169|172|192|198)\./.test(address),
      ),
    },
  },
  {
    name: 'a-range-too-long',
    mistake: 'The network of containers is taken for 172.16.0.0/11, which is twice as large.',
    caughtBy: ['reaches-public-neighbours'],
    controls: {
      chooseAddress: choosing((address) => {
        const [first, second = 0] = address.split('.').map(Number);
        return isPublicAddress(address) && !(first === 172 && second >= 16 && second < 48);
      }),
    },
  },
  {
    name: 'every-one-of-none',
    mistake: 'Each address is asked about, and of a name without any, none is found to be bad.',
    caughtBy: ['out-second-lookup'],
    controls: {
      async chooseAddress(host, web) {
        const addresses = await web.lookup(host).catch(() => {
          throw refused();
        });
        if (!addresses.every(isPublicAddress)) throw refused();
        return addresses[0] ?? '';
      },
    },
  },
  {
    name: 'first-digit',
    mistake: 'What begins with 2 or 3 is taken for a part of 2000::/3, 2::1 included.',
    caughtBy: ['out-inside-ipv6'],
    controls: {
      chooseAddress: choosing((address) => {
        if (isIPv4(address) || !/^[23]/.test(address)) return isPublicAddress(address);
        return isIP(address) === 6 && rangeOf(address) === 'unicast';
      }),
    },
  },
  {
    name: 'small-letters',
    mistake: 'Ranges of IPv6 are known by how they are usually spelled, in small letters.',
    caughtBy: ['out-inside-ipv6'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) || /^(?:F[CDEF]|2001:DB8)/.test(address),
      ),
    },
  },
  {
    name: 'nat64-as-it-is-written',
    mistake: 'NAT64 is known by the text 64:ff9b::, which is only one of its spellings.',
    caughtBy: ['out-ipv4-inside-ipv6'],
    controls: {
      chooseAddress: choosing(
        (address) =>
          isPublicAddress(address) ||
          (isIP(address) === 6 &&
            rangeOf(address) === 'rfc6052' &&
            !/^64:ff9b:(?::|1)/.test(address)),
      ),
    },
  },
  {
    name: 'the-last-home-network',
    mistake: 'Of 192.168.0.0/16, only the networks that are sold with routers are known.',
    caughtBy: ['out-inside-name'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) || /^192\.168\.(?:\d\d|[2-9])/.test(address),
      ),
    },
  },
  {
    name: 'examples-are-one-network',
    mistake: 'Of the examples in IPv6, only the first network of each range is known.',
    caughtBy: ['out-inside-ipv6'],
    controls: {
      chooseAddress: choosing(
        (address) =>
          isPublicAddress(address) ||
          /^(?:2001:db8:[1-9a-f]|3fff:[1-9a-f][\da-f]{0,2}:)/.test(address),
      ),
    },
  },
  {
    name: 'all-of-2001',
    mistake: 'Because examples and Teredo are in 2001::/16, all of it is refused.',
    caughtBy: ['takes-either-family'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) && !address.startsWith('2001:'),
      ),
    },
  },
  {
    name: 'examples-in-round-numbers',
    mistake:
      'The networks of examples and protocols are refused with the sixteen bits before them.',
    caughtBy: ['reaches-public-neighbours'],
    controls: {
      chooseAddress: choosing(
        (address) => isPublicAddress(address) && !/^(?:192\.0|198\.51|203\.0)\./.test(address),
      ),
    },
  },
];
