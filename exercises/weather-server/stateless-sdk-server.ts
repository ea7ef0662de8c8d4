/**
 * One `Server` of the new SDK for all requests of 2026-07-28. What must be kept apart hangs on the
 * message id, which is ours while a message is with the SDK. `createMcpHandler`, the SDK's own way,
 * makes a server for each request, and decides itself what topic 15 decides.
 */
import {
  PerRequestHTTPServerTransport,
  Server,
  type Implementation,
  type JSONRPCErrorResponse,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type JSONRPCResultResponse,
  type RequestId,
  type ServerOptions,
} from '@modelcontextprotocol/server';
import type { Revision } from './controls.ts';
import { NumberedRequests } from './numbered-requests.ts';

export const STATELESS_REVISION = '2026-07-28' satisfies Revision;
const classification = { era: 'modern', revision: STATELESS_REVISION } as const;

export interface StatelessAnswer {
  answer: JSONRPCResultResponse | JSONRPCErrorResponse;
  /** Whether the SDK answered without asking a handler: then HTTP says what is wrong, too. */
  isRefused: boolean;
}

/** `Asker`: what handlers have to know of the HTTP request that a message came with. */
export class StatelessSdkServer<Asker> {
  /** For handlers; who asks is found with `askerOf`. */
  readonly server: Server;
  readonly #transport = new NumberingTransport<Asker>();

  constructor(info: Implementation, options: ServerOptions) {
    this.server = new Server(info, {
      ...options,
      supportedProtocolVersions: [STATELESS_REVISION],
    });
  }

  /** Call it once, when all handlers are set. */
  connect(): Promise<void> {
    return this.server.connect(this.#transport);
  }

  /** Settles with the answer to this one message, under the id it came with. */
  ask(request: JSONRPCRequest, asker: Asker): Promise<StatelessAnswer> {
    return this.#transport.receive(request, asker);
  }

  /** @param requestId as the SDK gives it to a handler */
  askerOf(requestId: RequestId): Asker {
    return this.#transport.askerOf(requestId);
  }
}

/** Derived from the SDK's transport only because a server knows its revision from no other. */
class NumberingTransport<Asker> extends PerRequestHTTPServerTransport {
  readonly #requests = new NumberedRequests<Asker, StatelessAnswer>();
  /** While the SDK looks at a message; handlers are asked afterwards. */
  #looking = false;

  constructor() {
    super({ classification });
  }

  async receive(request: JSONRPCRequest, asker: Asker): Promise<StatelessAnswer> {
    const { answer, isRefused } = await this.#requests.ask(asker, (number) => {
      this.#looking = true;
      this.onmessage?.({ ...request, id: number }, { classification });
      this.#looking = false;
    });
    return { answer: { ...answer, id: request.id }, isRefused };
  }

  askerOf(number: RequestId): Asker {
    return this.#requests.askerOf(number);
  }

  /** Only answers have anywhere to go: what else the SDK wants to send has no stream to go to. */
  override async send(message: JSONRPCMessage): Promise<void> {
    if ('method' in message || message.id === undefined) return;
    this.#requests.settle(message.id, { answer: message, isRefused: this.#looking });
  }
}
