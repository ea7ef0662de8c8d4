/** The clients that are registered, in memory, in bounded number. */
import type { RegisteredClient } from './controls.ts';
import { OAuthError } from './errors.ts';

const MOST_CLIENTS = 1_000;
/** A registration nobody has used by then may make room. */
const UNUSED_AFTER_MS = 10 * 60_000;

export class ClientRegistry {
  readonly #clients = new Map<string, { client: RegisteredClient; at: number; used: boolean }>();

  /** Throws `OAuthError` when there is no room: strangers must not push each other out. */
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
    if (entry) entry.used = true;
  }

  #makeRoom(): boolean {
    const now = Date.now();
    for (const [id, { at, used }] of this.#clients) {
      if (!used && now - at > UNUSED_AFTER_MS) this.#clients.delete(id);
    }
    return this.#clients.size < MOST_CLIENTS;
  }
}
