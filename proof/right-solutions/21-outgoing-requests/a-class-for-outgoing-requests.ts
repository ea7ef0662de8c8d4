import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type {
  ChooseAddress,
  FetchFeed,
  ParseFeedUrl,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A class holds limits and ranges; two libraries judge each address, and both have to agree.';

class OutgoingRequests {
  readonly #inside = new BlockList();
  readonly #redirects = 5;
  readonly #bytes = 64 * 1024;
  readonly #milliseconds = 9_000;

  constructor() {
    for (const [address, bits] of [
      ['10.0.0.0', 8],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
    ] as const) {
      this.#inside.addSubnet(address, bits, 'ipv4');
    }
  }

  parse(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const { protocol, port, username, password } = url ?? {};
    if (!url || protocol !== 'https:' || port || username || password) throw this.refusal();
    return url;
  }

  async choose(host: string, lookup: (name: string) => Promise<string[]>): Promise<string> {
    const addresses = await lookup(host).catch(() => []);
    const [address] = addresses;
    if (!address || addresses.some((one) => !this.isOutside(one))) throw this.refusal();
    return address;
  }

  isOutside(address: string): boolean {
    const family = isIP(address);
    if (family === 0 || this.#inside.check(address, family === 4 ? 'ipv4' : 'ipv6')) return false;
    const parsed = ipaddr.process(address);
    if (parsed.range() !== 'unicast') return false;
    return parsed instanceof ipaddr.IPv4 || /^[23][\da-f]{3}:/.test(parsed.toNormalizedString());
  }

  async fetch(...[text, { web, parseFeedUrl, chooseAddress }]: Parameters<FetchFeed>) {
    let url = parseFeedUrl(text);
    const signal = AbortSignal.timeout(this.#milliseconds);
    try {
      for (let left = this.#redirects; left >= 0; left--) {
        const address = await chooseAddress(url.hostname, web);
        const response = await web.fetch(url.href, { address, redirect: 'manual', signal });
        const location = response.headers.get('location');
        if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
          return await this.read(response);
        }
        url = parseFeedUrl(new URL(location, url.href).href);
      }
    } catch {
      // The same as below.
    }
    throw this.refusal();
  }

  async read(response: Response): Promise<string> {
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200 || !/^application\/([-.\w]+\+)?json *(;.*)?$/i.test(type)) {
      throw this.refusal();
    }
    let text = Buffer.alloc(0);
    for await (const chunk of response.body ?? []) {
      text = Buffer.concat([text, chunk]);
      if (text.length > this.#bytes) throw this.refusal();
    }
    return text.toString();
  }

  refusal(): InvalidInputError {
    return new InvalidInputError('There is no feed for you at this address.');
  }
}

const outgoing = new OutgoingRequests();
export const parseFeedUrl: ParseFeedUrl = (text) => outgoing.parse(text);
export const chooseAddress: ChooseAddress = (host, web) =>
  outgoing.choose(host, (name) => web.lookup(name));
export const fetchFeed: FetchFeed = (text, means) => outgoing.fetch(text, means);
