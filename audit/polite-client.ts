/**
 * The only way in which the audit asks a server: one request at a time, with a pause, up to a number
 * of requests and an amount of time and bytes, never along a redirect, and not once more after the
 * server has said that it is too much.
 */
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AddressRefused, distanceOf, type Address, type AddressBook } from './address-book.ts';
import { sendBody } from './send-body.ts';

export const USER_AGENT =
  'secure-mcp-workbook-audit/0.1.0 (checks a server from outside, started by hand)';

export interface Ask {
  url: URL;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Sent to loopback only, whatever the user has allowed. */
  isAttack?: boolean;
  /** Ends what the audit began; a few requests are kept back for it. */
  isLast?: boolean;
  /** Ends reading early, at the headers or at any part of the body: streams may never end. */
  isEnough?: (body: string, headers: Record<string, string>) => boolean;
}

export interface Reply {
  kind: 'reply';
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** The body was longer than the audit reads, or longer in coming than it waits. */
  isCut: boolean;
}

/** There is nothing to judge, and this is why. */
export interface Silence {
  kind: 'silence';
  why: string;
  /** The server, or what is in front, ended the connection. */
  isEnded?: boolean;
  /** It was asked, and no HTTP came back: nobody took the connection, or who did speaks otherwise. */
  isNoHttp?: boolean;
}

export interface Limits {
  requests: number;
  /** How many of them are for ending what was begun. */
  keptBack: number;
  /** Milliseconds from the start of one request to the start of the next. */
  pause: number;
  /** Milliseconds for one exchange, its body included. */
  exchange: number;
  /** Milliseconds of asking and pausing, all together. */
  total: number;
  bodyBytes: number;
}

export const LIMITS: Limits = {
  requests: 60,
  keptBack: 4,
  pause: 200,
  exchange: 8000,
  total: 120_000,
  bodyBytes: 256 * 1024,
};

/** Whose certificates are believed. */
export interface Trust {
  /** PEM of a certificate to trust instead of the usual ones. */
  ca?: string | undefined;
  /** On loopback an invalid certificate is no obstacle. Nothing secret goes over such a connection. */
  isUnverified?: boolean;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export interface PoliteOptions {
  /** For tests. */
  limits?: Partial<Limits> | undefined;
  clock?: Clock | undefined;
  trust?: Trust;
  /** Told how many requests were sent, with each of them. */
  onAsked?: ((requests: number) => void) | undefined;
  /** Once it is aborted, nothing more is asked. */
  signal?: AbortSignal | undefined;
}

export class PoliteClient {
  readonly #book: AddressBook;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #trust: Trust;
  readonly #onAsked: (requests: number) => void;
  readonly #signal: AbortSignal | undefined;
  #lastStart = -Infinity;
  #spent = 0;
  #sent = 0;
  #toldToStop: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(book: AddressBook, options: PoliteOptions = {}) {
    this.#book = book;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#clock = options.clock ?? systemClock;
    this.#trust = options.trust ?? {};
    this.#onAsked = options.onAsked ?? (() => undefined);
    this.#signal = options.signal;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Waits for its turn; what goes wrong is an answer, too. */
  ask(ask: Ask): Promise<Reply | Silence> {
    const turn = this.#queue.then(() => this.#askNow(ask));
    this.#queue = turn;
    return turn;
  }

  async #askNow(ask: Ask): Promise<Reply | Silence> {
    const began = this.#clock.now();
    try {
      const addresses = await this.#book.open(ask.url);
      const refusal = this.#whyNotAsked(ask, addresses);
      if (refusal) return { kind: 'silence', why: refusal };
      const wait = this.#lastStart + this.#limits.pause - this.#clock.now();
      if (wait > 0) await this.#clock.sleep(wait);
      this.#lastStart = this.#clock.now();
      this.#sent++;
      this.#onAsked(this.#sent);
      const reply = await exchange(ask, addresses, this.#limits, this.#trust);
      const isTooMuch =
        reply.status === 429 || (reply.status === 503 && reply.headers['retry-after']);
      if (isTooMuch) this.#toldToStop = `The server answered ${reply.status}; it was left alone.`;
      return reply;
    } catch (error) {
      if (error instanceof AddressRefused) return { kind: 'silence', why: error.message };
      return whatWentWrong(error as NodeJS.ErrnoException);
    } finally {
      this.#spent += this.#clock.now() - began;
    }
  }

  #whyNotAsked({ isAttack, isLast }: Ask, addresses: Address[]): string | undefined {
    if (this.#toldToStop) return this.#toldToStop;
    if (this.#signal?.aborted) return 'The audit was stopped.';
    if (isAttack && addresses.some(({ address }) => distanceOf(address) !== 'loopback')) {
      return 'Only a server on this machine is asked that.';
    }
    const { requests, keptBack } = this.#limits;
    if (this.#sent >= (isLast ? requests : Math.max(1, requests - keptBack))) {
      return `The audit had sent its ${requests} requests.`;
    }
    if (this.#spent > this.#limits.total) return 'The audit had no time left.';
    return undefined;
  }
}

function exchange(
  { url, method = 'GET', headers = {}, body, isEnough = () => false }: Ask,
  addresses: Address[],
  limits: Limits,
  { ca, isUnverified = false }: Trust,
): Promise<Reply> {
  const send = url.protocol === 'https:' ? requestOverTls : requestPlain;
  const isNear = addresses.every(({ address }) => distanceOf(address) === 'loopback');
  const signal = AbortSignal.timeout(limits.exchange);
  return new Promise((resolve, reject) => {
    let isConnected = false;
    let giveUp = (error: Error): void => reject(isConnected ? error : new NobodyThere(error));
    const request = send(url, {
      method,
      agent: false,
      lookup: pinnedTo(addresses),
      headers: { 'user-agent': USER_AGENT, ...headers },
      signal,
      servername: serverNameOf(url),
      rejectUnauthorized: !(isUnverified && isNear),
      ...(ca === undefined ? {} : { ca }),
    });
    request.on('socket', (socket) => socket.on('connect', () => (isConnected = true)));
    request.on('error', (error) => giveUp(error));
    request.on('response', (response) => {
      const names = headersOf(response);
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = (isCut: boolean): void => {
        const read = Buffer.concat(chunks).subarray(0, limits.bodyBytes).toString('utf8');
        const status = response.statusCode ?? 0;
        resolve({ kind: 'reply', status, headers: names, body: read, isCut });
        request.destroy();
      };
      if (isEnough('', names)) return finish(false);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > limits.bodyBytes) finish(true);
        else if (isEnough(Buffer.concat(chunks).toString('utf8'), names)) finish(false);
      });
      response.on('end', () => finish(false));
      // Of a stream, what came before the time was over counts.
      giveUp = (error) =>
        signal.aborted && isEventStream(names) ? finish(true) : reject(signal.reason ?? error);
      response.on('error', giveUp);
    });
    sendBody(request, body);
  });
}

const headersOf = ({ headersDistinct }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(', ')]),
  );

/** The name that the certificate has to be for; Node would take it from the Host header. */
export const serverNameOf = ({ hostname }: URL): string =>
  isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0 ? hostname : '';

/** What was judged is what is asked, whatever the name leads to by now. */
export const pinnedTo =
  (addresses: Address[]): LookupFunction =>
  (_hostname, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, addresses);
    else if (first) done(null, first.address, first.family);
    else done(new Error('The name has no address.'), '');
  };

/** No connection came about, in whatever way. */
class NobodyThere extends Error {
  override readonly name = 'NobodyThere';

  constructor(cause: Error) {
    super(isLate(cause) ? 'nobody took the connection in time' : cause.message, { cause });
  }
}

const isLate = ({ name }: Error): boolean => name === 'AbortError' || name === 'TimeoutError';

export const isEventStream = (headers: Record<string, string>): boolean =>
  /^text\/event-stream\b/i.test(headers['content-type'] ?? '');

const ENDED = ['ECONNRESET', 'EPIPE'];

function whatWentWrong(error: NodeJS.ErrnoException): Silence {
  if (isLate(error)) return { kind: 'silence', why: 'The answer was not complete in time.' };
  const why = `There was no answer: ${error.message}`;
  return { kind: 'silence', why, isEnded: ENDED.includes(error.code ?? ''), isNoHttp: true };
}
