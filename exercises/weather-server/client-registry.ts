/** The clients that are registered, in bounded number; in memory, unless something keeps them. */
import type { RegisteredClient } from './controls.ts';
import { OAuthError } from './errors.ts';

/** Said to programs in an error, and to people on a page. */
export const NOT_REGISTERED = 'This client is not registered here.';
/** For people, who are the ones who can do something about it. */
export const HOW_TO_REGISTER_AGAIN =
  'It may have registered with a server that was here before. In the client, sign out of this server, or remove what it has stored about it, and connect again; then it registers anew. With MCP Inspector on the command line, that is --relogin.';

const MOST_CLIENTS = 1_000;
/** A registration nobody has used by then may make room, and one that was used, much later. */
const UNUSED_AFTER_MS = 10 * 60_000;
const FORGOTTEN_AFTER_MS = 30 * 24 * 60 * 60_000;

/** A client, when it registered or was last agreed to, and whether it ever was. */
export interface Registration {
  client: RegisteredClient;
  at: number;
  used: boolean;
}

/** Keeps registrations for the next process. Neither method throws. */
export interface ClientStore {
  load(): Registration[];
  save(all: Registration[]): void;
}

export class ClientRegistry {
  readonly #clients = new Map<string, Registration>();
  /** Ids of clients that have a document instead of a registration, and that a user agreed to. */
  readonly #documented = new Set<string>();
  readonly #store: ClientStore | undefined;

  constructor(store?: ClientStore) {
    this.#store = store;
    for (const registration of store?.load().slice(-MOST_CLIENTS) ?? []) {
      this.#clients.set(registration.client.client_id, registration);
    }
  }

  /** Throws `OAuthError` when there is no room, rather than push out a client that is in use. */
  add(client: RegisteredClient): void {
    if (this.#clients.size >= MOST_CLIENTS && !this.#makeRoom()) {
      throw new OAuthError('invalid_client_metadata', 'No room for more clients at the moment.');
    }
    this.#clients.set(client.client_id, { client, at: Date.now(), used: false });
    this.#save();
  }

  find(clientId: string): RegisteredClient | undefined {
    return this.#clients.get(clientId)?.client;
  }

  /** Whether a client of this id may have a grant: a registered one, or one that was agreed to. */
  knows(clientId: string): boolean {
    return this.#clients.has(clientId) || this.#documented.has(clientId);
  }

  /** Called when a user has agreed to something with this client. */
  markUsed(clientId: string): void {
    const entry = this.#clients.get(clientId);
    if (entry) {
      Object.assign(entry, { used: true, at: Date.now() });
      this.#save();
      return;
    }
    this.#documented.delete(clientId);
    this.#documented.add(clientId);
    const [oldest] = this.#documented;
    if (this.#documented.size > MOST_CLIENTS && oldest) this.#documented.delete(oldest);
  }

  #save(): void {
    this.#store?.save([...this.#clients.values()]);
  }

  #makeRoom(): boolean {
    const now = Date.now();
    for (const [id, { at, used }] of this.#clients) {
      if (now - at > (used ? FORGOTTEN_AFTER_MS : UNUSED_AFTER_MS)) this.#clients.delete(id);
    }
    return this.#clients.size < MOST_CLIENTS;
  }
}
