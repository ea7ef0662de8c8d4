/**
 * Which addresses the audit may ask. A server under audit names URLs for it to fetch, so that the
 * rule holds for each of them, and a name is resolved once: what was judged is what is asked.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** From near to far; `never` is nobody's server (link-local, multicast, unspecified, reserved). */
export type Distance = 'loopback' | 'private' | 'public' | 'never';

export interface Address {
  address: string;
  family: number;
}

export type Resolve = (hostname: string) => Promise<Address[]>;

/** An address that is not asked. The message says which and why. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

const LISTS: [Distance, [string, number][]][] = [
  [
    'loopback',
    [
      ['127.0.0.0', 8],
      ['::1', 128],
    ],
  ],
  [
    'private',
    [
      ['10.0.0.0', 8],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
      ['100.64.0.0', 10],
      ['fc00::', 7],
    ],
  ],
  [
    'never',
    [
      ['0.0.0.0', 8],
      ['169.254.0.0', 16],
      ['224.0.0.0', 3],
      ['::', 128],
      ['64:ff9b::', 96],
      ['fe80::', 10],
      ['ff00::', 8],
    ],
  ],
];

const RANGES = LISTS.map(([distance, subnets]) => {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, familyOf(net));
  return { distance, list };
});

export const distanceOf = (address: string): Distance =>
  RANGES.find(({ list }) => list.check(address, familyOf(address)))?.distance ?? 'public';

const ORDER: Distance[] = ['loopback', 'private', 'public'];

export class AddressBook {
  readonly #isAllowed: boolean;
  readonly #resolve: Resolve;
  readonly #pinned = new Map<string, Promise<Address[]>>();
  #target: Distance = 'loopback';

  /** @param isAllowed the user has said that they may audit servers elsewhere */
  constructor(isAllowed: boolean, resolve: Resolve = (name) => lookup(name, { all: true })) {
    this.#isAllowed = isAllowed;
    this.#resolve = resolve;
  }

  /** The address of the server that the user named. */
  async openTarget(url: URL): Promise<Address[]> {
    const addresses = await this.#lookUp(url);
    for (const { address } of addresses) this.#refuseUnlessAllowed(url, address);
    this.#target = farthest(addresses);
    return addresses;
  }

  /**
   * The addresses of a URL that may be the server's choice. It must not be nearer than the server
   * itself: a public server does not get to name a port of this machine or of its network (SSRF).
   */
  async open(url: URL): Promise<Address[]> {
    const addresses = await this.#lookUp(url);
    for (const { address } of addresses) {
      this.#refuseUnlessAllowed(url, address);
      const distance = distanceOf(address);
      if (ORDER.indexOf(distance) < ORDER.indexOf(this.#target)) {
        throw new AddressRefused(
          `${url.host} is ${address}, a ${distance} address, and the server is not: it was not asked.`,
        );
      }
    }
    return addresses;
  }

  #refuseUnlessAllowed(url: URL, address: string): void {
    const distance = distanceOf(address);
    if (distance === 'never') {
      throw new AddressRefused(`${placeOf(url, address)} is never asked.`);
    }
    if (distance !== 'loopback' && !this.#isAllowed) {
      throw new AddressRefused(
        `${placeOf(url, address)} is not this machine. With --i-am-allowed it is asked, if you may.`,
      );
    }
  }

  #lookUp({ hostname }: URL): Promise<Address[]> {
    const name = hostname.replace(/^\[(.*)\]$/, '$1');
    const family = isIP(name);
    if (family !== 0) return Promise.resolve([{ address: name, family }]);
    const known = this.#pinned.get(name) ?? this.#resolve(name);
    this.#pinned.set(name, known);
    return known;
  }
}

const placeOf = ({ host, hostname }: URL, address: string): string =>
  hostname.includes(address) ? host : `${host} leads to ${address}, which`;

const farthest = (addresses: Address[]): Distance =>
  ORDER[Math.max(...addresses.map(({ address }) => ORDER.indexOf(distanceOf(address))))] ??
  'public';

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
