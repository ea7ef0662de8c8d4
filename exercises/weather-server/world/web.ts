/**
 * The rest of the web, as far as this server can reach it: documents that somebody has published,
 * and the machines that only servers inside a network can reach. All of it is in memory. What a
 * request reached is on the tape.
 */
import { isIP } from 'node:net';
import type { Tape } from './tape.ts';

/** What the server uses to fetch a document of somebody else's. */
export interface Web {
  /** All addresses of a host name, like `dns.lookup`; rejects for an unknown one. */
  lookup(host: string): Promise<string[]>;
  /**
   * Like the global `fetch`, for GET, redirects included. With `address` it connects to that
   * address and does not look the host name up again.
   */
  fetch(
    url: string,
    options?: {
      redirect?: 'follow' | 'manual' | 'error';
      address?: string;
      signal?: AbortSignal;
    },
  ): Promise<Response>;
}

/** A document on the web. */
export interface PublishedPage {
  status?: number;
  headers?: Record<string, string>;
  /** Anything but a string is sent as JSON. */
  body?: unknown;
  /** Sends this many further bytes of white space after the body. */
  padding?: number;
  /** What the host name stands for, at the first lookup and so on; the last answer stays. */
  addresses?: (string | string[])[];
}

/** Where published pages live unless they say otherwise. Nothing is ever sent there. */
const PUBLIC_ADDRESS = '93.184.215.14';

const MOST_REDIRECTS = 5;
const CHUNK_BYTES = 16 * 1024;

/** What machines inside a network say to whoever reaches them. */
const INSIDE = { secret: 'for machines inside only' };

export interface WholeWeb extends Web {
  publish(url: string, page: PublishedPage): void;
}

export function openWeb(tape: Tape): WholeWeb {
  const pages = new Map<string, PublishedPage>();
  const addresses = new Map<string, (string | string[])[]>();

  const lookup = async (host: string): Promise<string[]> => {
    const bare = host.replaceAll(/^\[|\]$/g, '');
    if (isIP(bare)) return [bare];
    if (bare === 'localhost') return ['127.0.0.1', '::1'];
    const known = addresses.get(bare);
    const [first] = known ?? [];
    if (!known || first === undefined) throw new Error(`getaddrinfo ENOTFOUND ${bare}`);
    if (known.length > 1) known.shift();
    return [first].flat();
  };

  return {
    lookup,

    publish(url, page) {
      pages.set(withoutFragment(new URL(url)), page);
      const { hostname } = new URL(url);
      if (!isIP(hostname) || page.addresses) {
        addresses.set(hostname, [...(page.addresses ?? [PUBLIC_ADDRESS])]);
      }
    },

    async fetch(url, { redirect = 'follow', address, signal } = {}) {
      let here = new URL(url);
      for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
        signal?.throwIfAborted();
        const [reached = ''] = address && hop === 0 ? [address] : await lookup(here.hostname);
        const inside = reached !== PUBLIC_ADDRESS;
        const page = inside ? undefined : pages.get(withoutFragment(here));
        const status = page?.status ?? (inside || page ? 200 : 404);
        const entry = tape.write({
          kind: 'web',
          url: here.href,
          address: reached,
          inside,
          status,
          bytes: 0,
        });
        const location = page?.headers?.location;
        if (status < 300 || status > 399 || location === undefined || redirect === 'manual') {
          return respond(page ?? { body: inside ? INSIDE : 'Not found' }, status, (bytes) => {
            entry.bytes += bytes;
          });
        }
        if (redirect === 'error') throw new TypeError('unexpected redirect');
        here = new URL(location, here);
      }
      throw new TypeError('redirect count exceeded');
    },
  };
}

/** A fragment never travels. */
const withoutFragment = (url: URL): string => url.href.replace(/#.*$/s, '');

/** A body that is made as it is read, so that what was read can be told from what was offered. */
function respond(
  { headers = {}, body = '', padding = 0 }: PublishedPage,
  status: number,
  onRead: (bytes: number) => void,
): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  let pending = Buffer.from(text);
  let left = padding;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (pending.length === 0 && left > 0) {
          pending = Buffer.alloc(Math.min(CHUNK_BYTES, left), ' ');
          left -= pending.length;
        }
        if (pending.length === 0) return controller.close();
        onRead(pending.length);
        controller.enqueue(new Uint8Array(pending));
        pending = Buffer.alloc(0);
      },
    },
    { highWaterMark: 0 },
  );
  const hasBody = status !== 204 && status !== 304;
  return new Response(hasBody ? stream : null, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
