/**
 * Answers MCP messages with the SDK. Tool calls take their own way: whatever they look like, they are
 * limited, logged and refused or run by our steps, and the SDK sees no more of them than their id.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  CallToolRequestSchema,
  ClientRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type JSONRPCMessage,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import {
  answerableId,
  answering,
  flawOf,
  isToolCall,
  messagesIn,
  MOST_LINES_OF_ONE_BODY,
  toActor,
  toToolCall,
  type RecordRefused,
  type ToolMessage,
} from './attempted-calls.ts';
import type { Actor, ChallengeReason, SecurityControls, ServerConfig } from './controls.ts';
import { HttpError, InvalidMessageError, type InsufficientScopeError } from './errors.ts';
import type { CallPipeline } from './tool-calls.ts';
import type { Tool } from './tools.ts';
import type { World } from './world/world.ts';

/** Compiling a validator costs more than the rest of a request; one serves every McpServer. */
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** Hands a message to the SDK, with a server and a transport of its own: nothing is shared. */
export function answerMessages(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  tools: Tool[],
  runCall: CallPipeline['run'],
  recordRefused: RecordRefused,
): RequestHandler {
  let described: (Tool & { inputSchema: InputSchema })[] | undefined;
  const listed = () =>
    (described ??= tools.map((tool) => ({ ...tool, inputSchema: toInputSchema(tool.input) })));

  /** What the SDK answers to everything that is no tool call; it asks `call` about those. */
  async function askSdk(
    request: Request,
    parsedBody: unknown,
    actor: Actor | undefined,
    call: (id: RequestId) => Promise<CallToolResult>,
  ): Promise<{ answer: globalThis.Response; text: string }> {
    const server = new Server(
      { name: 'weather', version: '1.0.0' },
      { capabilities: { tools: {} }, jsonSchemaValidator },
    );
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: controls
        .listVisibleTools(actor, listed(), config) // 06
        .map(({ name, title, description, inputSchema }) => ({
          name,
          title,
          description,
          inputSchema,
        })),
    }));
    server.setRequestHandler(CallToolRequestSchema, (_message, { requestId }) => call(requestId));
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const send = transport.send.bind(transport);
    transport.send = (sent, options) => send(inOurWords(sent, parsedBody), options);
    await server.connect(transport);
    try {
      const answer = await transport.handleRequest(toWebRequest(request, config), {
        parsedBody,
        ...(request.auth ? { authInfo: request.auth } : {}),
      });
      return { answer, text: await answer.text() };
    } finally {
      await server.close();
    }
  }

  return async (request, response) => {
    if (request.method !== 'POST') {
      world.tape.write({ kind: 'message', method: request.method });
      response.set('allow', 'POST');
      throw new HttpError(405, 'Messages are sent with POST.');
    }
    // Whoever has hung up gets no call run: it would be in the log as refused, and have happened.
    if (response.closed) return;
    try {
      controls.requireSingleMessage(request.body); // 10
    } catch (error) {
      if (!(error instanceof InvalidMessageError)) throw error;
      answerInvalid(response, error.message);
      return;
    }
    answering.add(response);

    const actor = toActor(request, config);
    const recorded = new Set<unknown>();
    let refusal: InsufficientScopeError | undefined;
    const run = async (message: ToolMessage): Promise<CallToolResult> => {
      recorded.add(message);
      const ran = await runCall(toToolCall(message, request, response, actor), flawOf(message));
      refusal ??= ran.refusal;
      return ran.result;
    };

    const { waiting, unanswerable, forSdk } = sortMessages(request.body);
    try {
      // Nobody can be told how these ended; they count, and leave a line, like any other.
      for (const message of unanswerable.slice(0, MOST_LINES_OF_ONE_BODY)) await run(message);
      if (forSdk === undefined) {
        const isNotification = unanswerable.every((message) => isNotificationOf(message));
        if (isNotification) response.status(202).end();
        else
          answerInvalid(response, 'A call is JSON-RPC 2.0, with a string or an integer as its id.');
        return;
      }
      const { answer, text } = await askSdk(request, forSdk, actor, (id) =>
        run(waiting.get(id)?.shift() ?? { method: 'tools/call' }),
      );
      response.status(answer.status);
      answer.headers.forEach((value, name) => response.set(name, value));
      if (refusal) {
        const reason: ChallengeReason = { error: 'insufficient_scope', scopes: refusal.scopes };
        response.status(403);
        response.set('www-authenticate', controls.buildBearerChallenge(reason, config, request));
      }
      // Without a body there is no type of it, which Express would add.
      if (text === '') response.end();
      else response.send(text);
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

/** The SDK quotes its schemas, and whatever a handler throws, in an internal error. */
function inOurWords(sent: JSONRPCMessage, body: unknown): JSONRPCMessage {
  if (!('error' in sent) || sent.error.code !== -32603) return sent;
  const asked = messagesIn(body).find((message) => (message as { id?: unknown }).id === sent.id);
  const error = ClientRequestSchema.safeParse(asked).success
    ? { code: -32603, message: 'Internal error' }
    : { code: -32602, message: 'The parameters of this request are not acceptable.' };
  return { ...sent, error };
}

function answerInvalid(response: Response, message: string): void {
  response.status(400).json({ jsonrpc: '2.0', id: null, error: { code: -32600, message } });
}

const isNotificationOf = ({ jsonrpc, id }: ToolMessage): boolean =>
  jsonrpc === '2.0' && id === undefined;

export type InputSchema = { type: 'object'; [member: string]: unknown };

/** JSON Schema for `tools/list`. A check that JSON Schema cannot express is simply not shown. */
export function toInputSchema(input: z.ZodObject): InputSchema {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
  return { ...schema, type: 'object' };
}

function toWebRequest(request: Request, config: ServerConfig): globalThis.Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set('content-type', 'application/json'); // The body is parsed; its type was up to topic 11.
  return new globalThis.Request(config.resource, { method: 'POST', headers });
}
