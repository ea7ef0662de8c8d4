/**
 * Answers messages of MCP 2025-11-25 and before with the SDK. Tool calls take their own way: whatever
 * they look like, they are limited, logged and refused or run by our steps, and the SDK sees no more
 * of them than their id.
 */
import {
  CallToolRequestSchema,
  ClientRequestSchema,
  isInitializeRequest,
  isJSONRPCRequest,
  JSONRPCMessageSchema,
  ListToolsRequestSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
  type CallToolResult,
  type JSONRPCRequest,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { Request, RequestHandler, Response } from 'express';
import {
  answerableId,
  answering,
  flawOf,
  isToolCall,
  messagesIn,
  MOST_LINES_OF_ONE_BODY,
  toToolCall,
  type ToolMessage,
} from './attempted-calls.ts';
import type { Actor, ChallengeReason, SecurityControls, ServerConfig } from './controls.ts';
import { HttpError, type InsufficientScopeError } from './errors.ts';
import { answerError, INVALID_REQUEST, sendJson } from './json-rpc-error.ts';
import type { MessageMeans } from './message-means.ts';
import { SharedSdkServer, type JsonRpcAnswer } from './shared-sdk-server.ts';
import type { World } from './world/world.ts';

/** Compiling a validator costs more than a request; one serves every server. */
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** As many as the SDK's own transport takes in one body. */
const MOST_MESSAGES = 100;

/** The HTTP request that a message came with, as far as its handler has to know it. */
interface Asker {
  actor: Actor | undefined;
  runCall: () => Promise<CallToolResult>;
}

/** Hands messages to the SDK. It knows of each who asks, and nothing of any other. */
export function answerMessages(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  { actorOf, listTools, runCall, recordRefused }: MessageMeans,
): RequestHandler {
  const sdk = new SharedSdkServer<Asker>(
    { name: 'weather', version: '1.0.0' },
    { capabilities: { tools: {} }, jsonSchemaValidator },
  );
  sdk.server.setRequestHandler(ListToolsRequestSchema, (_message, { requestId }) => ({
    tools: listTools(sdk.askerOf(requestId).actor),
  }));
  sdk.server.setRequestHandler(CallToolRequestSchema, (_message, { requestId }) =>
    sdk.askerOf(requestId).runCall(),
  );
  const connected = sdk.connect();

  return async (request, response) => {
    if (request.method !== 'POST') {
      world.tape.write({ kind: 'message', method: request.method });
      response.set('allow', 'POST');
      throw new HttpError(405, 'Messages are sent with POST.');
    }
    answering.add(response);

    const actor = actorOf(request);
    const recorded = new Set<unknown>();
    let refusal: InsufficientScopeError | undefined;
    const run = async (message: ToolMessage): Promise<CallToolResult> => {
      recorded.add(message);
      const ran = await runCall(toToolCall(message, request, response, actor), {
        flaw: flawOf(message),
      });
      refusal ??= ran.refusal;
      return ran.result;
    };

    const { waiting, unanswerable, forSdk } = sortMessages(request.body);
    try {
      // Nobody can be told how these ended; they count, and leave a line, like any other.
      for (const message of unanswerable.slice(0, MOST_LINES_OF_ONE_BODY)) await run(message);
      if (forSdk === undefined && unanswerable.length > 0) {
        const isNotification = unanswerable.every((message) => isNotificationOf(message));
        if (isNotification) response.status(202).end();
        else
          answerInvalid(response, 'A call is JSON-RPC 2.0, with a string or an integer as its id.');
        return;
      }
      const refused = refusedForm(request, forSdk);
      if (refused) {
        const { status, ...error } = refused;
        answerError(response, null, error, status);
        return;
      }
      await connected;
      const requests = messagesIn(forSdk).filter((message) => isJSONRPCRequest(message));
      const answers = await Promise.all(
        requests.map(async (message) => {
          const callOf = () => run(waiting.get(message.id)?.shift() ?? { method: 'tools/call' });
          return inOurWords(await sdk.ask(message, { actor, runCall: callOf }), message);
        }),
      );
      if (refusal) {
        const reason: ChallengeReason = { error: 'insufficient_scope', scopes: refusal.scopes };
        response.status(403);
        response.set('www-authenticate', controls.buildBearerChallenge(reason, config, request));
      }
      if (answers.length === 0) response.status(202).end();
      else sendJson(response, answers.length === 1 ? answers[0] : answers);
    } finally {
      recordRefused(request, response, recorded, 'not a valid call');
    }
  };
}

/** The messages of a body: calls that wait for their answer, calls that can get none, and the rest. */
function sortMessages(body: unknown): {
  waiting: Map<RequestId, ToolMessage[]>;
  unanswerable: ToolMessage[];
  /** The body as the SDK gets it; undefined if nothing of it is left. */
  forSdk: unknown;
} {
  const waiting = new Map<RequestId, ToolMessage[]>();
  const unanswerable: ToolMessage[] = [];
  const forSdk = messagesIn(body).flatMap((message) => {
    if (!isToolCall(message)) return [message];
    const id = answerableId(message);
    if (id === undefined) {
      unanswerable.push(message);
      return [];
    }
    const sameId = waiting.get(id);
    if (sameId) sameId.push(message);
    else waiting.set(id, [message]);
    return [{ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'as sent' } }];
  });
  if (unanswerable.length > 0 && forSdk.length === 0) {
    return { waiting, unanswerable, forSdk: undefined };
  }
  return { waiting, unanswerable, forSdk: Array.isArray(body) ? forSdk : forSdk[0] };
}

/** What is wrong with a request before anything in it is answered. */
interface RefusedForm {
  status: number;
  code: number;
  message: string;
}

/** What the SDK's transport checks, one for one, since ours has no request to look at. */
function refusedForm(request: Request, body: unknown): RefusedForm | undefined {
  const { accept = '', 'mcp-protocol-version': version } = request.headers;
  // MCP 2025-11-25, Streamable HTTP: a client lists both, because the server chooses.
  if (!accept.includes('application/json') || !accept.includes('text/event-stream')) {
    const message =
      'Not Acceptable: Client must accept both application/json and text/event-stream';
    return { status: 406, code: -32000, message };
  }
  const messages = messagesIn(body);
  if (messages.length > MOST_MESSAGES) {
    const message = `Invalid Request: Batch must not exceed ${MOST_MESSAGES} messages`;
    return { status: 400, code: -32600, message };
  }
  if (!messages.every((message) => JSONRPCMessageSchema.safeParse(message).success)) {
    return { status: 400, code: -32700, message: 'Parse error: Invalid JSON-RPC message' };
  }
  if (messages.some((message) => isInitializeRequest(message))) {
    const message = 'Invalid Request: Only one initialization request is allowed';
    return messages.length > 1 ? { status: 400, code: -32600, message } : undefined;
  }
  const known = SUPPORTED_PROTOCOL_VERSIONS.join(', ');
  if (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(String(version))) {
    const message = `Bad Request: Unsupported protocol version (supported versions: ${known})`;
    return { status: 400, code: -32000, message };
  }
  return undefined;
}

/** The SDK quotes its schemas, and whatever a handler throws, in an internal error. */
function inOurWords(answer: JsonRpcAnswer, asked: JSONRPCRequest): JsonRpcAnswer {
  if (!('error' in answer) || answer.error.code !== -32603) return answer;
  const error = ClientRequestSchema.safeParse(asked).success
    ? { code: -32603, message: 'Internal error' }
    : { code: -32602, message: 'The parameters of this request are not acceptable.' };
  return { ...answer, error };
}

const answerInvalid = (response: Response, message: string): void =>
  answerError(response, null, { code: INVALID_REQUEST, message });

const isNotificationOf = ({ jsonrpc, id }: ToolMessage): boolean =>
  jsonrpc === '2.0' && id === undefined;
