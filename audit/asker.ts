import {
  hasAnswerTo,
  initializeRequest,
  legacyRequest,
  modernRequest,
  type Post,
} from './json-rpc.ts';
import type { Ask, PoliteClient } from './polite-client.ts';
import { documentIn } from './read-seen.ts';
import type { Redactor } from './redact.ts';
import { silence, type Answer, type Era, type Probe, type Seen } from './seen.ts';

/** Who asks the endpoint, and in which words. */
export interface Caller {
  /** Absent: nobody in particular. */
  token?: string | undefined;
  /** Such as an API key. */
  headers?: Record<string, string> | undefined;
  /** Of a server that began one with this caller. */
  session?: string | undefined;
  /** In which era it asks; undefined if nothing is known of the server. */
  speaks: Era | undefined;
  /** What the server chose in the handshake. */
  version?: string | undefined;
}

/** Asks a question once, and keeps the answer under its name, without the token. */
export class Asker {
  readonly url: URL;
  readonly answers: Seen['answers'];
  /** Where questions were asked. */
  readonly urls = new Map<Probe, URL>();
  readonly #client: PoliteClient;
  readonly #redactor: Redactor;
  #lastId = 0;

  constructor(url: URL, answers: Seen['answers'], client: PoliteClient, redactor: Redactor) {
    this.url = url;
    this.answers = answers;
    this.#client = client;
    this.#redactor = redactor;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  async ask(probe: Probe, ask: Ask): Promise<Answer> {
    this.urls.set(probe, ask.url);
    return this.set(probe, await this.askAside(ask));
  }

  /** For what is not judged. */
  async askAside(ask: Ask): Promise<Answer> {
    return this.#redactor.clean(await this.#client.ask(ask));
  }

  /** From here on it is shown nowhere. */
  hide(secret: string): void {
    this.#redactor.add(secret);
  }

  /** The tokens of the answer, which is kept without them; undefined if it is none with tokens. */
  async askForTokens(probe: Probe, ask: Ask): Promise<Record<string, unknown> | undefined> {
    const reply = await this.#client.ask(ask);
    const document = documentIn(reply);
    for (const [name, value] of Object.entries(document ?? {})) {
      if (name.endsWith('_token') && typeof value === 'string') this.hide(value);
    }
    this.set(probe, this.#redactor.clean(reply));
    return document && typeof document.access_token === 'string' ? document : undefined;
  }

  set(probe: Probe, answer: Answer): Answer {
    this.answers[probe] = answer;
    return answer;
  }

  /** These are not asked, and this is why. */
  skip(why: string, ...probes: Probe[]): void {
    for (const probe of probes) this.set(probe, silence(why));
  }

  /** POSTs to the endpoint; `changes` are to the request as the caller would send it. */
  post(
    probe: Probe,
    caller: Caller,
    message: Post,
    changes: Partial<Ask> & { id?: number } = {},
  ): Promise<Answer> {
    const { id = this.#lastId, headers, ...rest } = changes;
    return this.ask(probe, {
      url: this.url,
      method: 'POST',
      body: message.body,
      isEnough: hasAnswerTo(id),
      ...rest,
      headers: { ...message.headers, ...authorization(caller), ...headers },
    });
  }

  /** A request in the caller's words. */
  request(caller: Caller, method: string, params?: object): Post {
    const id = this.nextId();
    if (caller.speaks === 'modern') return modernRequest(id, method, { ...(params && { params }) });
    const { session, version } = caller;
    return legacyRequest(id, method, {
      ...(params && { params }),
      ...(session === undefined ? {} : { session }),
      ...(version === undefined ? {} : { version }),
    });
  }

  /** A request that does nothing, wherever it is understood. */
  harmless(caller: Caller): Post {
    if (caller.speaks === undefined) return initializeRequest(this.nextId());
    return this.request(caller, caller.speaks === 'modern' ? 'server/discover' : 'ping');
  }
}

/** What shows who the caller is. */
export const authorization = ({ token, headers }: Caller): Record<string, string> => ({
  ...headers,
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
});

/** The same caller, as anybody. */
export const withoutToken = (caller: Caller): Caller => ({
  ...caller,
  token: undefined,
  headers: undefined,
});

export const hasCredentials = ({ token, headers }: Caller): boolean =>
  token !== undefined || headers !== undefined;
