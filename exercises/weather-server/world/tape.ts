/**
 * The tape: what the server really did, in order. Every part of the world writes to it, and every
 * entry carries the id of the HTTP request it happened under. Verdicts rest on it, and the
 * playground shows it under "what the server executed".
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export type TapeEntry = {
  /** Request id, or `-` for work outside a request. */
  requestId: string;
  /** Milliseconds since the epoch, on the server's clock. */
  at: number;
} & (
  | { kind: 'token'; decision: 'accepted' | 'refused'; detail: string }
  | { kind: 'limit'; decision: 'allowed' | 'refused'; tool: string; retryAfterMs?: number }
  | { kind: 'tool'; tool: string; arguments: Record<string, unknown>; subject: string }
  | { kind: 'sql'; sql: string; parameters: unknown[]; rows?: number; error?: string }
  | { kind: 'shell'; argv: string[]; shell: boolean; exitCode: number }
  | { kind: 'file'; operation: string; path: string; resolved?: string; error?: string }
  /** `expected`: one city of one endpoint was asked for; `keyShown`: our API key went along. */
  | { kind: 'upstream'; url: string; status: number; expected: boolean; keyShown: boolean }
  | {
      kind: 'web';
      url: string;
      /** The address that was connected to, and whether it is one of a machine inside. */
      address: string;
      inside: boolean;
      status: number;
      /** Of the body, as far as it was read. */
      bytes: number;
      /** How long the connection was made use of, in milliseconds on the server's clock. */
      heldMs: number;
    }
  /** The client of topic 22 gave the opener an address; what an opener makes of it. */
  | { kind: 'opened'; address: string; as: OpenedAs }
  /** The same client sent a form, or a token along with a call; what was in it. */
  | { kind: 'sent'; url: string; address: string; carried: string[] }
  /** It started a local server; `asked`: the user said yes a moment before. */
  | { kind: 'started'; argv: string[]; env: Record<string, string>; asked: boolean }
  /** The server has sent a request to the third party; `shown`: the whole request, as it was logged there. */
  | { kind: 'third-party'; url: string; status: number; shown: string }
  /** A control said no; what it said. */
  | { kind: 'refusal'; control: string; reason: string }
  | GateEntry
  /** A request other than POST got as far as the part that answers MCP messages. */
  | { kind: 'message'; method: string }
  | { kind: 'audit'; line: string }
  | { kind: 'fault'; control: string; message: string }
);

/**
 * What becomes of an address in the hands of programs that open addresses: a page in the browser, a
 * script, a file, another program that has registered its scheme; or the opener takes it for an option,
 * or a shell in between reads something in it.
 */
export type OpenedAs = 'page' | 'script' | 'file' | 'program' | 'option' | 'shell';

/**
 * A decision about a request that any server has to make was asked for. `reached`: the request went
 * no further from here, be it answered here or never. For people only: no verdict rests on it.
 */
export interface GateEntry {
  kind: 'gate';
  /** A part of the pipeline, such as `origin`, or the name of a control. */
  gate: string;
  decision: 'reached' | 'passed' | 'refused';
  /** Why it was refused. */
  detail?: string;
}

/** `Omit` that keeps a union a union. */
type Written<T> = T extends TapeEntry ? Omit<T, 'requestId' | 'at'> : never;

/** A long-lived server keeps its latest entries only. */
const MOST_ENTRIES = 50_000;

/**
 * One for all tapes: Node carries every such storage along with every promise, so that one for each
 * world would slow down all worlds after it.
 */
const requests = new AsyncLocalStorage<string>();

export class Tape {
  #entries: TapeEntry[] = [];
  #listener: ((entry: TapeEntry) => void) | undefined;
  readonly #most: number;

  constructor(most = MOST_ENTRIES) {
    this.#most = most;
    Object.freeze(this);
  }

  /** Runs `work`, and everything it starts, under a request id. */
  during<T>(requestId: string, work: () => T): T {
    return requests.run(requestId, work);
  }

  /** The id of the request that is being worked on, if any. */
  get requestId(): string | undefined {
    return requests.getStore();
  }

  /** Returns the entry on the tape, to be completed by whoever wrote it. */
  write<Entry extends Written<TapeEntry>>(entry: Entry): Entry & { requestId: string; at: number } {
    const whole = { requestId: this.requestId ?? '-', at: Date.now(), ...entry };
    this.#entries.push(whole);
    if (this.#entries.length > this.#most) this.#entries.splice(0, Math.ceil(this.#most / 2));
    this.#listener?.(whole);
    return whole;
  }

  entries(): readonly TapeEntry[] {
    return this.#entries;
  }

  /** Calls `listener` for every entry from now on. */
  follow(listener: (entry: TapeEntry) => void): void {
    this.#listener = listener;
  }
}

/** Verdicts rest on it: nobody gives it other methods. */
Object.freeze(Tape.prototype);
