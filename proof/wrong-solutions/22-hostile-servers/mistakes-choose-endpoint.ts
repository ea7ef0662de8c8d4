import ipaddr from 'ipaddr.js';
import type { ChooseEndpoint } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';
import { chooseEndpoint as rightly } from '../../../solutions/22-hostile-servers/endpoints.ts';
import type { Mistake } from '../../solutions.ts';

const refused = (): RefusedError => new RefusedError('This address will not do.');
const bare = (host: string): string => host.replaceAll(/^\[|\]$/g, '');

/** Any address of the host, over https, if the right choice is not asked for. */
const firstOf = async (url: string, { web }: Parameters<ChooseEndpoint>[2]): Promise<string> => {
  const { protocol, hostname } = new URL(url);
  const [address] = await web.lookup(hostname).catch(() => []);
  if (protocol !== 'https:' || address === undefined) throw refused();
  return address;
};

const rangeOf = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.process(address).range() : '';

/** A server whose address is of one of these ranges may lead anywhere. */
const trusting =
  (...ranges: string[]): ChooseEndpoint =>
  (url, server, means) =>
    ranges.includes(rangeOf(server.address))
      ? rightly(url, server, means)
      : rightly(url, { ...server, address: '93.184.215.14' }, means);

export const mistakes: Mistake[] = [
  {
    name: 'anything-over-https',
    mistake: 'Every address over https is asked, inside as well.',
    caughtBy: [
      'hs-endpoint-at-once',
      'hs-endpoint-inside',
      'hs-endpoint-rebinding',
      'hs-endpoint-remembered',
    ],
    controls: {
      chooseEndpoint: (url, server, means) =>
        url.startsWith('https:') ? firstOf(url, means) : rightly(url, server, means),
    },
  },
  {
    name: 'addresses-that-can-be-read',
    mistake: 'Addresses in a URL are judged, and names are not looked up for that.',
    caughtBy: [
      'hs-endpoint-at-once',
      'hs-endpoint-inside',
      'hs-endpoint-rebinding',
      'hs-endpoint-remembered',
    ],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        const { hostname, protocol } = new URL(url);
        const isName = !ipaddr.isValid(bare(hostname)) && hostname !== 'localhost';
        return isName && protocol === 'https:' ? firstOf(url, means) : rightly(url, server, means);
      },
    },
  },
  {
    name: 'three-private-ranges',
    mistake: 'Addresses inside are known by the three ranges of RFC 1918 and by 127.0.0.1.',
    caughtBy: ['hs-endpoint-inside', 'hs-endpoint-rebinding'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        if (rangeOf(server.address) !== 'unicast') return rightly(url, server, means);
        const address = await firstOf(url, means);
        if (['private', 'loopback'].includes(rangeOf(address))) throw refused();
        return address;
      },
    },
  },
  {
    name: 'ipv6-is-always-outside',
    mistake: 'Only addresses of IPv4 are judged.',
    caughtBy: ['hs-endpoint-inside'],
    controls: {
      chooseEndpoint: async (url, server, means) =>
        new URL(url).hostname.startsWith('[') && rangeOf(server.address) === 'unicast'
          ? firstOf(url, means)
          : rightly(url, server, means),
    },
  },
  {
    name: 'looks-again-for-the-connection',
    mistake: 'The address is judged, and the host looked up once more to connect to it.',
    caughtBy: ['hs-endpoint-rebinding'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        await rightly(url, server, means);
        const [address = ''] = await means.web.lookup(new URL(url).hostname);
        return address;
      },
    },
  },
  {
    name: 'where-the-server-is-now',
    mistake: 'Whether the server is public is asked of its name, which may have moved inside.',
    caughtBy: ['hs-endpoint-rebinding'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        const [address = ''] = await means.web.lookup(new URL(server.url).hostname);
        return rightly(url, { ...server, address }, means);
      },
    },
  },
  {
    name: 'in-the-clear-as-well',
    mistake: 'Documents and tokens are asked for without TLS.',
    caughtBy: ['hs-endpoint-in-the-clear'],
    controls: {
      chooseEndpoint: (url, server, means) =>
        rightly(url.replace(/^http:/i, 'https:'), server, means),
    },
  },
  {
    name: 'http-by-its-spelling',
    mistake: 'The text is searched for http: in small letters, as nobody has to write it.',
    caughtBy: ['hs-endpoint-in-the-clear'],
    controls: {
      chooseEndpoint: (url, server, means) =>
        rightly(url.replace(/^HTTP:/, 'https:'), server, means),
    },
  },
  {
    name: 'https-further-on',
    mistake: 'That https:// occurs in the address is enough.',
    caughtBy: ['hs-endpoint-in-the-clear'],
    controls: {
      chooseEndpoint: (url, server, means) =>
        rightly(url.includes('https://') ? url.replace(/^http:/, 'https:') : url, server, means),
    },
  },
  {
    name: 'http-for-whoever-is-here',
    mistake: 'A server on this machine may lead the client anywhere in the clear.',
    caughtBy: ['hs-endpoint-in-the-clear'],
    controls: {
      chooseEndpoint: (url, server, means) =>
        rangeOf(server.address) === 'loopback'
          ? rightly(url.replace(/^http:/, 'https:'), server, means)
          : rightly(url, server, means),
    },
  },
  {
    name: 'http-inside',
    mistake: 'In a network of one’s own nobody reads along, it seems.',
    caughtBy: ['hs-endpoint-in-the-clear'],
    controls: {
      chooseEndpoint: (url, server, means) =>
        rangeOf(server.address) === 'private'
          ? rightly(url.replace(/^http:/, 'https:'), server, means)
          : rightly(url, server, means),
    },
  },
  {
    name: 'https-without-exception',
    mistake: 'Nobody can try a server on their own machine, where there is no TLS.',
    caughtBy: ['hs-local-development'],
    controls: {
      chooseEndpoint: (url, server, means) => rightly(url.replace(/^http:/i, 'no:'), server, means),
    },
  },
  {
    name: 'public-without-exception',
    mistake: 'A server of one’s own network, or machine, may not name its neighbours.',
    caughtBy: ['hs-local-development', 'hs-servers-inside'],
    controls: { chooseEndpoint: trusting() },
  },
  {
    name: 'only-this-machine-is-inside',
    mistake: 'A server in a network of one’s own may not name its neighbours.',
    caughtBy: ['hs-servers-inside'],
    controls: { chooseEndpoint: trusting('loopback') },
  },
  {
    name: 'only-networks-are-inside',
    mistake: 'A server on this machine may not name its neighbours.',
    caughtBy: ['hs-local-development'],
    controls: { chooseEndpoint: trusting('private', 'uniqueLocal') },
  },
  {
    name: 'inside-for-inside-only',
    mistake: 'A server inside may not use an authorization server that somebody hosts.',
    caughtBy: ['hs-local-development', 'hs-servers-inside'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        const address = await rightly(url, server, means);
        const isInside = rangeOf(server.address) !== 'unicast';
        if (isInside && rangeOf(address) === 'unicast') throw refused();
        return address;
      },
    },
  },
  {
    name: 'the-usual-port-only',
    mistake: 'Authorization servers that listen at a port of their own are refused.',
    caughtBy: ['hs-signs-in'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        const address = await rightly(url, server, means);
        if (new URL(url).port !== '' && rangeOf(server.address) === 'unicast') throw refused();
        return address;
      },
    },
  },
  {
    name: 'one-of-them-is-here',
    mistake: 'Of a name with several addresses one is on this machine, and the first is taken.',
    caughtBy: ['hs-endpoint-in-the-clear'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        const { hostname, protocol } = new URL(url);
        const isHere = protocol === 'http:' && rangeOf(server.address) === 'loopback';
        const addresses = isHere ? await means.web.lookup(hostname).catch(() => []) : [];
        const [first] = addresses;
        return first !== undefined && addresses.some((one) => rangeOf(one) === 'loopback')
          ? first
          : rightly(url, server, means);
      },
    },
  },
  {
    name: 'refused-means-inside',
    mistake: 'A server whose address is refused as one of the internet is taken for one inside.',
    caughtBy: ['hs-endpoint-inside'],
    controls: {
      chooseEndpoint: async (url, server, means) => {
        const address = await means.chooseAddress(server.address, means.web).then(
          () => server.address,
          () => '10.0.0.7',
        );
        return rightly(
          url,
          rangeOf(server.address) === 'loopback' ? server : { ...server, address },
          means,
        );
      },
    },
  },
  {
    name: 'a-server-is-where-it-was',
    mistake: 'Where a server is, is kept by its URL from the first time.',
    caughtBy: ['hs-endpoint-remembered'],
    controls: () => {
      const known = new Map<string, string>();
      return {
        chooseEndpoint: (url, server, means) => {
          const address = known.get(server.url) ?? server.address;
          known.set(server.url, address);
          return rightly(url, { ...server, address }, means);
        },
      };
    },
  },
  {
    name: 'a-name-is-looked-up-once-for-all',
    mistake: 'The address of a name is kept, whoever named it.',
    caughtBy: ['hs-endpoint-remembered'],
    controls: () => {
      const known = new Map<string, string>();
      return {
        chooseEndpoint: async (url, server, means) => {
          const { hostname } = new URL(url);
          const isName = hostname.endsWith('.example') && url.startsWith('https:');
          const address = known.get(hostname) ?? (await rightly(url, server, means));
          if (isName) known.set(hostname, address);
          return address;
        },
      };
    },
  },
  {
    name: 'one-server-at-a-time',
    mistake: 'Where the server is stands in a variable that all calls share.',
    caughtBy: ['hs-endpoint-at-once'],
    controls: () => {
      let address = '';
      return {
        chooseEndpoint: async (url, server, means) => {
          ({ address } = server);
          const addresses = await means.web.lookup(new URL(url).hostname);
          const web = { ...means.web, lookup: () => Promise.resolve(addresses) };
          return rightly(url, { ...server, address }, { ...means, web });
        },
      };
    },
  },
];
