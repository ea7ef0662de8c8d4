/**
 * The rest of the web, as far as this server can reach it: documents that somebody has published,
 * and the machines that only servers inside a network can reach. All of it is in memory. What a
 * request reached is on the tape.
 */
import { isIP } from 'node:net';
import type { Tape } from './tape.ts';

/** What the server uses to fetch a document of somebody else's. */
export interface Web {
  /** All addresses of a host name, like `dns.lookup` with `all`; rejects for an unknown one. */
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
  /** Milliseconds on the server's clock before the answer begins. */
  answersAfter?: number;
  /** The same, before each part of the body. */
  pause?: number;
  /** What the host name stands for, at the first lookup and so on; the last answer stays. */
  addresses?: (string | string[])[];
  /** These addresses are somebody's on the internet, where the page is; otherwise machines inside. */
  outside?: boolean;
}

/** Where published pages live unless they say otherwise. Nothing is ever sent there. */
const PUBLIC_ADDRESSES = ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'];

/** As many as `fetch` follows (Fetch Standard, HTTP-redirect fetch). */
const MOST_REDIRECTS = 20;
const CHUNK_BYTES = 16 * 1024;
/** Of a body with pauses. */
const DRIP_BYTES = 64;

/** What machines inside a network say to whoever reaches them. */
const INSIDE = { secret: 'for machines inside only' };

export interface WholeWeb extends Web {
  publish(url: string, page: PublishedPage): void;
}

export function openWeb(tape: Tape): WholeWeb {
  const pages = new Map<string, PublishedPage>();
  const addresses = new Map<string, (string | string[])[]>();
  const outside = new Set(PUBLIC_ADDRESSES);

  const lookup = async (host: string): Promise<string[]> => {
    const bare = host.replaceAll(/^\[|\]$/g, '');
    if (isIP(bare)) return [bare];
    const name = withoutDot(bare);
    if (/(?:^|\.)localhost$/.test(name)) return ['127.0.0.1', '::1'];
    const known = addresses.get(name);
    const [first] = known ?? [];
    if (!known || first === undefined) throw new Error(`getaddrinfo ENOTFOUND ${bare}`);
    if (known.length > 1) known.shift();
    return [first].flat();
  };

  return {
    lookup,

    publish(url, page) {
      pages.set(keyOf(new URL(url)), page);
      const { hostname } = new URL(url);
      if (!isIP(hostname) || page.addresses) {
        addresses.set(withoutDot(hostname), [...(page.addresses ?? [PUBLIC_ADDRESSES[0] ?? ''])]);
      }
      if (page.outside) for (const address of page.addresses?.flat() ?? []) outside.add(address);
    },

    async fetch(url, { redirect = 'follow', address, signal } = {}) {
      let here = new URL(url);
      for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
        signal?.throwIfAborted();
        const [reached = ''] = address && hop === 0 ? [address] : await lookup(here.hostname);
        const inside = !outside.has(reached);
        const page = inside ? undefined : pages.get(keyOf(here));
        const status = page?.status ?? (inside || page ? 200 : 404);
        const entry = tape.write({
          kind: 'web',
          url: here.href,
          address: reached,
          inside,
          status,
          bytes: 0,
          heldMs: 0,
        });
        const hold = (): void => void (entry.heldMs = Date.now() - entry.at);
        try {
          await waitFor(page?.answersAfter, signal);
        } finally {
          hold();
        }
        const location = page?.headers?.location;
        if (status < 300 || status > 399 || location === undefined || redirect === 'manual') {
          const shown = page ?? { body: inside ? INSIDE : 'Not found' };
          return respond(shown, status, signal, (bytes) => {
            entry.bytes += bytes;
            hold();
          });
        }
        if (redirect === 'error') throw new TypeError('unexpected redirect');
        here = new URL(location, here);
      }
      throw new TypeError('redirect count exceeded');
    },
  };
}

/** Of a fully qualified name, which is the same name. */
const withoutDot = (host: string): string => host.replace(/\.$/, '');

/** What finds a page: a fragment never travels, and user information is no part of where it is. */
function keyOf({ href }: URL): string {
  const url = new URL(href);
  url.hash = '';
  url.username = '';
  url.password = '';
  url.hostname = withoutDot(url.hostname);
  return url.href;
}

/** Waits on the server's clock, and not a moment longer than `signal` allows. */
async function waitFor(milliseconds = 0, signal?: AbortSignal): Promise<void> {
  if (milliseconds === 0) return;
  let timer: NodeJS.Timeout | undefined;
  let giveUp = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      giveUp = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', giveUp);
      timer = setTimeout(resolve, milliseconds);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/** A body that is made as it is read, so that what was read can be told from what was offered. */
function respond(
  { headers = {}, body = '', padding = 0, pause = 0 }: PublishedPage,
  status: number,
  signal: AbortSignal | undefined,
  onRead: (bytes: number) => void,
): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  let pending = Buffer.from(text);
  let left = padding;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        signal?.throwIfAborted();
        try {
          await waitFor(pause, signal);
        } finally {
          onRead(0);
        }
        if (pending.length === 0 && left > 0) {
          const most = pause > 0 ? DRIP_BYTES : CHUNK_BYTES;
          pending = Buffer.alloc(Math.min(most, left), ' ');
          left -= pending.length;
        }
        if (pending.length === 0) return controller.close();
        const part = pending.subarray(0, CHUNK_BYTES);
        onRead(part.length);
        controller.enqueue(new Uint8Array(part));
        pending = pending.subarray(CHUNK_BYTES);
      },
    },
    { highWaterMark: 0 },
  );
  const hasBody = status !== 204 && status !== 304;
  return new Response(hasBody ? stream : null, {
    status,
    headers: withoutEmpty({ 'content-type': 'application/json', ...headers }),
  });
}

/** An empty one is none. */
const withoutEmpty = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
