/**
 * The only way in which the audit asks a server: one request at a time, with a pause, up to a number
 * of requests and an amount of time and bytes, never along a redirect, and not once more after the
 * server has said that it is too much.
 */
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { AddressRefused, distanceOf, type Address, type AddressBook } from './address-book.ts';

export const USER_AGENT =
  'secure-mcp-workbook-audit/0.1.0 (checks a server from outside, started by hand)';

export interface Ask {
  url: URL;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Sent to loopback only, whatever the user has allowed. */
  isAttack?: boolean;
  /** Ends reading early: streams of events may never end. */
  isEnough?: (body: string) => boolean;
}

export interface Reply {
  kind: 'reply';
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** The body was longer than the audit reads. */
  isCut: boolean;
}

/** There is nothing to judge, and this is why. */
export interface Silence {
  kind: 'silence';
  why: string;
}

export interface Limits {
  requests: number;
  /** Milliseconds from the start of one request to the start of the next. */
  pause: number;
  /** Milliseconds for one exchange, its body included. */
  exchange: number;
  /** Milliseconds for everything. */
  total: number;
  bodyBytes: number;
}

export const LIMITS: Limits = {
  requests: 40,
  pause: 200,
  exchange: 8000,
  total: 120_000,
  bodyBytes: 256 * 1024,
};

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export class PoliteClient {
  readonly #book: AddressBook;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #ca: string | undefined;
  readonly #began: number;
  #lastStart = -Infinity;
  #sent = 0;
  #toldToStop: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param options.ca PEM of a certificate to trust besides the usual ones */
  constructor(
    book: AddressBook,
    options: { limits?: Partial<Limits>; clock?: Clock; ca?: string } = {},
  ) {
    this.#book = book;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#clock = options.clock ?? systemClock;
    this.#ca = options.ca;
    this.#began = this.#clock.now();
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
    try {
      const addresses = await this.#book.open(ask.url);
      const refusal = this.#whyNotAsked(ask, addresses);
      if (refusal) return { kind: 'silence', why: refusal };
      const wait = this.#lastStart + this.#limits.pause - this.#clock.now();
      if (wait > 0) await this.#clock.sleep(wait);
      this.#lastStart = this.#clock.now();
      this.#sent++;
      const reply = await exchange(ask, addresses, this.#limits, this.#ca);
      const isTooMuch =
        reply.status === 429 || (reply.status === 503 && reply.headers['retry-after']);
      if (isTooMuch) this.#toldToStop = `The server answered ${reply.status}; it was left alone.`;
      return reply;
    } catch (error) {
      const why = error instanceof AddressRefused ? error.message : whatWentWrong(error as Error);
      return { kind: 'silence', why };
    }
  }

  #whyNotAsked({ isAttack = false }: Ask, addresses: Address[]): string | undefined {
    if (this.#toldToStop) return this.#toldToStop;
    if (isAttack && addresses.some(({ address }) => distanceOf(address) !== 'loopback')) {
      return 'Only a server on this machine is asked that.';
    }
    if (this.#sent >= this.#limits.requests) {
      return `The audit had sent its ${this.#limits.requests} requests.`;
    }
    if (this.#clock.now() - this.#began > this.#limits.total) return 'The audit had no time left.';
    return undefined;
  }
}

function exchange(
  { url, method = 'GET', headers = {}, body, isEnough = () => false }: Ask,
  addresses: Address[],
  limits: Limits,
  ca: string | undefined,
): Promise<Reply> {
  const send = url.protocol === 'https:' ? requestOverTls : requestPlain;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      agent: false,
      lookup: pinnedTo(addresses),
      headers: { 'user-agent': USER_AGENT, ...headers },
      signal: AbortSignal.timeout(limits.exchange),
      ...(ca === undefined ? {} : { ca }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = (isCut: boolean): void => {
        resolve(toReply(response, Buffer.concat(chunks).subarray(0, limits.bodyBytes), isCut));
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > limits.bodyBytes) finish(true);
        else if (isEnough(Buffer.concat(chunks).toString('utf8'))) finish(false);
      });
      response.on('end', () => finish(false));
      response.on('error', reject);
    });
    request.end(body);
  });
}

const toReply = (response: IncomingMessage, body: Buffer, isCut: boolean): Reply => ({
  kind: 'reply',
  status: response.statusCode ?? 0,
  headers: Object.fromEntries(
    Object.entries(response.headersDistinct).map(([name, values = []]) => [
      name,
      values.join(', '),
    ]),
  ),
  body: body.toString('utf8'),
  isCut,
});

/** What was judged is what is asked, whatever the name leads to by now. */
const pinnedTo =
  (addresses: Address[]): LookupFunction =>
  (_hostname, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, addresses);
    else if (first) done(null, first.address, first.family);
    else done(new Error('The name has no address.'), '');
  };

function whatWentWrong({ name, message }: Error): string {
  const isLate = name === 'AbortError' || name === 'TimeoutError';
  return isLate ? 'The answer was not complete in time.' : `There was no answer: ${message}`;
}
