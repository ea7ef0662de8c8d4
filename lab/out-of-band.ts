/** A loopback listener nobody honest has a reason to contact; a hit proves that a server was steered. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class OutOfBandListener {
  readonly #server: Server;
  readonly #hits: string[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<OutOfBandListener> {
    const server = createServer();
    const listener = new OutOfBandListener(server);
    server.on('request', (request, response) => {
      listener.#hits.push(`${request.method} ${request.url}`);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return listener;
  }

  /** A URL of its own for one firing, and the hits on it. */
  path(name: string): { url: string; hits(): string[] } {
    const { port } = this.#server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/${name}`,
      hits: () => this.#hits.filter((hit) => hit.includes(`/${name}`)),
    };
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
