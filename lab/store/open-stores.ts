/** Where a lab gets the stores of its firings from: a server of its own, or its own process. */
import { randomBytes } from 'node:crypto';
import { createEmbeddedStore } from './embedded-store.ts';
import { SessionStore } from './session-store.ts';
import { startStoreServer, type StoreServer } from './store-server.ts';
import { createValkeyStore } from './valkey-store.ts';

/** `server`: Valkey or Redis, if there is one on this machine. */
export type StoreKind = 'server' | 'embedded';

export class StoreSource {
  readonly #kind: StoreKind;
  #server: Promise<StoreServer | undefined> | undefined;

  constructor(kind: StoreKind) {
    this.#kind = kind;
  }

  /** An empty store for one firing. The server is started when the first is asked for. */
  async open(): Promise<SessionStore> {
    if (this.#kind === 'server') {
      // One that does not start, or has gone, is no reason to give no verdict.
      const server = await (this.#server ??= startStoreServer().catch(() => undefined));
      if (server?.client.isReady) {
        const prefix = `${randomBytes(6).toString('hex')}:`;
        return new SessionStore(createValkeyStore(server.client, prefix));
      }
    }
    return new SessionStore(createEmbeddedStore());
  }

  async close(): Promise<void> {
    const server = await this.#server;
    this.#server = undefined;
    await server?.stop();
  }
}
