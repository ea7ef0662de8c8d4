/** The clients that are registered, in memory, in bounded number. */
import type { RegisteredClient } from './controls.ts';
import { OAuthError } from './errors.ts';

const MOST_CLIENTS = 1_000;
/** A registration nobody has used by then may make room, and one that was used, much later. */
const UNUSED_AFTER_MS = 10 * 60_000;
const FORGOTTEN_AFTER_MS = 30 * 24 * 60 * 60_000;

export class ClientRegistry {
  readonly #clients = new Map<string, { client: RegisteredClient; at: number; used: boolean }>();

  /** Throws `OAuthError` when there is no room, rather than push out a client that is in use. */
  add(client: RegisteredClient): void {
    if (this.#clients.size >= MOST_CLIENTS && !this.#makeRoom()) {
      throw new OAuthError('invalid_client_metadata', 'No room for more clients at the moment.');
    }
    this.#clients.set(client.client_id, { client, at: Date.now(), used: false });
  }

  find(clientId: string): RegisteredClient | undefined {
    return this.#clients.get(clientId)?.client;
  }

  /** Called when a user has agreed to something with this client. */
  markUsed(clientId: string): void {
    const entry = this.#clients.get(clientId);
    if (entry) Object.assign(entry, { used: true, at: Date.now() });
  }

  #makeRoom(): boolean {
    const now = Date.now();
    for (const [id, { at, used }] of this.#clients) {
      if (now - at > (used ? FORGOTTEN_AFTER_MS : UNUSED_AFTER_MS)) this.#clients.delete(id);
    }
    return this.#clients.size < MOST_CLIENTS;
  }
}
