/**
 * One `Server` of the SDK for all requests. To make one for each, with a transport of its own, costs
 * several times what all controls together do. Requests are independent of each other (the server is
 * stateless), so that what must be kept apart is this: which request an answer belongs to, and who
 * asks. Both hang on the message id, which is ours while a message is with the SDK, and never the
 * client's: two clients may well use the same.
 */
import { Server, type ServerOptions } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  InitializeRequestSchema,
  LATEST_PROTOCOL_VERSION,
  SUPPORTED_PROTOCOL_VERSIONS,
  type Implementation,
  type JSONRPCErrorResponse,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type JSONRPCResultResponse,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { NumberedRequests } from './numbered-requests.ts';

export type JsonRpcAnswer = JSONRPCResultResponse | JSONRPCErrorResponse;

/** `Asker`: what handlers have to know of the HTTP request that a message came with. */
export class SharedSdkServer<Asker> {
  /** For handlers; who asks is found with `askerOf`. */
  readonly server: Server;
  readonly #transport = new NumberingTransport<Asker>();

  constructor(info: Implementation, options: ServerOptions) {
    this.server = new Server(info, options);
    // The SDK's own handler would remember the client of whoever came last.
    this.server.setRequestHandler(InitializeRequestSchema, ({ params: { protocolVersion } }) => ({
      protocolVersion: SUPPORTED_PROTOCOL_VERSIONS.includes(protocolVersion)
        ? protocolVersion
        : LATEST_PROTOCOL_VERSION,
      capabilities: options.capabilities ?? {},
      serverInfo: info,
    }));
  }

  /** Call it once, when all handlers are set. */
  connect(): Promise<void> {
    return this.server.connect(this.#transport);
  }

  /** Settles with the answer to this one message, under the id it came with. */
  ask(request: JSONRPCRequest, asker: Asker): Promise<JsonRpcAnswer> {
    return this.#transport.receive(request, asker);
  }

  /** @param requestId as the SDK gives it to a handler */
  askerOf(requestId: RequestId): Asker {
    return this.#transport.askerOf(requestId);
  }
}

/**
 * Numbers the messages of all clients. Notifications and answers of a client never get here: a
 * stateless server has asked nothing, and a request to cancel names an id that anybody may use.
 */
class NumberingTransport<Asker> implements Transport {
  onmessage?: NonNullable<Transport['onmessage']>;
  onclose?: () => void;
  onerror?: (error: Error) => void;

  readonly #requests = new NumberedRequests<Asker, JSONRPCMessage>();

  async start(): Promise<void> {}

  async close(): Promise<void> {
    this.onclose?.();
  }

  async receive(request: JSONRPCRequest, asker: Asker): Promise<JsonRpcAnswer> {
    const answer = await this.#requests.ask(asker, (number) =>
      this.onmessage?.({ ...request, id: number }),
    );
    return { ...(answer as JsonRpcAnswer), id: request.id };
  }

  askerOf(number: RequestId): Asker {
    return this.#requests.askerOf(number);
  }

  /** Only answers have anywhere to go: what else the SDK wants to send has no stream to go to. */
  async send(message: JSONRPCMessage): Promise<void> {
    if ('method' in message || message.id === undefined) return;
    this.#requests.settle(message.id, message);
  }
}
