/** A loopback listener nobody honest has a reason to contact; a hit proves that a server was steered. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Firings whose hits are kept; one is over long before so many others have begun. */
const MOST_NAMES = 200;
/** A single hit is proof; the others are for people to look at. */
const MOST_HITS = 20;
const LONGEST_HIT = 2_000;
const MOST_CONNECTIONS = 100;

export class OutOfBandListener {
  readonly #server: Server;
  /** By the name of the firing. What has none is nobody's, and not kept. */
  readonly #hits = new Map<string, string[]>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<OutOfBandListener> {
    const server = createServer();
    server.maxConnections = MOST_CONNECTIONS;
    const listener = new OutOfBandListener(server);
    server.on('request', ({ method, url = '', headers }, response) => {
      // A page of this machine's browser is no server that was steered.
      const isBrowser = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
      if (!isBrowser) listener.#keep(`${method} ${url}`, url);
      response.writeHead(isBrowser ? 403 : 404, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return listener;
  }

  /** A URL of its own for one firing, and the hits on it. */
  path(name: string): { url: string; hits: () => string[] } {
    const { port } = this.#server.address() as AddressInfo;
    const hits: string[] = [];
    this.#hits.set(name, hits);
    const [oldest] = this.#hits.keys();
    if (oldest !== undefined && this.#hits.size > MOST_NAMES) this.#hits.delete(oldest);
    return { url: `http://127.0.0.1:${port}/${name}`, hits: () => [...hits] };
  }

  #keep(hit: string, url: string): void {
    const hits = this.#hits.get(url.split(/[/?]/)[1] ?? '');
    if (hits && hits.length < MOST_HITS) hits.push(hit.slice(0, LONGEST_HIT));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
