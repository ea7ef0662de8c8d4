/**
 * Which addresses the audit may ask. A server under audit names URLs for it to fetch, so that the
 * rule holds for each of them, and a name is resolved once: what was judged is what is asked.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

type Range = ReturnType<ipaddr.IPv4['range'] | ipaddr.IPv6['range']>;

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

/** By the registries of special addresses (RFC 6890); a range that is not here is never asked. */
const DISTANCES: Partial<Record<Range, Distance>> = {
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  unicast: 'public',
  // Of benchmarks and examples: some proxies answer for every name with one of these.
  reserved: 'public',
};
const FUTURE_USE = ipaddr.IPv4.parseCIDR('240.0.0.0/4');

export function distanceOf(address: string): Distance {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4 && parsed.match(FUTURE_USE)) return 'never';
  return DISTANCES[parsed.range()] ?? 'never';
}

/** Names that lead to this machine, whatever DNS says or does not (RFC 6761 §6.3). */
export const isLoopbackName = (name: string): boolean => /(?:^|\.)localhost\.?$/i.test(name);

/** Of this machine, but for loopback; from there others may reach it. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((all = []) => all)
    .filter(({ internal, address }) => !internal && distanceOf(address) !== 'never')
    .map(({ address }) => address);

const ORDER: Distance[] = ['loopback', 'private', 'public'];

const resolveName: Resolve = (name) => lookup(name, { all: true });

export class AddressBook {
  readonly #isAllowed: boolean;
  readonly #resolve: Resolve;
  readonly #own: () => string[];
  readonly #pinned = new Map<string, Promise<Address[]>>();
  #target: Distance = 'loopback';

  /**
   * @param isAllowed the user has said that they may audit servers elsewhere
   * @param own addresses of this machine: of a server on it, they are asked as well
   */
  constructor(isAllowed: boolean, resolve: Resolve = resolveName, own: () => string[] = () => []) {
    this.#isAllowed = isAllowed;
    this.#resolve = resolve;
    this.#own = own;
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
    const isHere = this.#target === 'loopback' && this.#own().includes(address);
    if (distance !== 'loopback' && !isHere && !this.#isAllowed) {
      throw new AddressRefused(
        `${placeOf(url, address)} is not this machine. With --i-am-allowed it is asked, if you may.`,
      );
    }
  }

  #lookUp({ hostname }: URL): Promise<Address[]> {
    const name = hostname.replace(/^\[(.*)\]$/, '$1');
    const family = isIP(name);
    if (family !== 0) return Promise.resolve([{ address: name, family }]);
    // The resolvers of many systems know `localhost`, and no name below it.
    const asked = isLoopbackName(name) ? 'localhost' : name;
    const known = this.#pinned.get(name) ?? this.#resolve(asked);
    this.#pinned.set(name, known);
    return known;
  }
}

const placeOf = ({ host, hostname }: URL, address: string): string =>
  hostname.includes(address) ? host : `${host} leads to ${address}, which`;

const farthest = (addresses: Address[]): Distance =>
  ORDER[Math.max(...addresses.map(({ address }) => ORDER.indexOf(distanceOf(address))))] ??
  'public';
