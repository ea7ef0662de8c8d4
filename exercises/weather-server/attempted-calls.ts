/**
 * The tool calls in a body, however they are formed, and the log's lines about those that no step of
 * a call has seen: whoever sends a call attempts it, also if it is refused long before a tool.
 */
import {
  CallToolRequestSchema,
  JSONRPCRequestSchema,
  RequestIdSchema,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import type { Request, Response } from 'express';
import type { Actor, AuditLog, SecurityControls, ServerConfig, ToolCall } from './controls.ts';
import { tenantIn } from './tenant-claim.ts';
import type { World } from './world/world.ts';

/** Refused calls of one request that get a line each. */
export const MOST_LINES_OF_ONE_BODY = 20;

/** What is to be recorded of a request that no tool call has seen. */
export type RecordRefused = (
  request: Request,
  response: Response,
  /** Messages that were recorded as calls already. */
  recorded: ReadonlySet<unknown>,
  reason: string,
) => void;

/** A call that is refused before it reaches its pipeline is still an attempted call (topic 12). */
export const recordRefusedCalls =
  (audit: AuditLog, world: World, actorOf: ActorOf): RecordRefused =>
  (request, response, recorded, reason) => {
    const actor = actorOf(request);
    const calls = messagesIn(request.body).flatMap((message) => {
      if (!isToolCall(message) || recorded.has(message)) return [];
      return [toToolCall(message, request, response, actor)];
    });
    const record = (call: ToolCall, why: string): void => {
      try {
        audit.record({ call, outcome: 'refused', reason: why });
      } catch (error) {
        // Nobody is left to tell, and a log that fails must not take the server down.
        world.tape.write({ kind: 'fault', control: 'createAuditLog', message: String(error) });
      }
    };
    for (const call of calls.slice(0, MOST_LINES_OF_ONE_BODY)) record(call, reason);
    // A megabyte holds forty thousand messages; who sends them must not fill the disk with it.
    const [next, ...rest] = calls.slice(MOST_LINES_OF_ONE_BODY);
    if (next) record(next, `${reason}, as were ${rest.length} more in this body`);
  };

/** Responses whose request has reached `answerMessages`, which records its calls itself. */
export const answering = new WeakSet<Response>();

export function watchForRefusals(
  recordRefused: RecordRefused,
  request: Request,
  response: Response,
): void {
  if (!/^\/mcp\/?$/i.test(request.path)) return;
  response.on('close', () => {
    if (answering.has(response)) return;
    const wentAway = !response.writableFinished;
    const reason = wentAway ? 'the client went away' : `HTTP ${response.statusCode}`;
    recordRefused(request, response, new Set(), reason);
  });
}

export type ActorOf = (request: Request) => Actor | undefined;

/**
 * Who calls, by the token that was verified. In a tenant people are kept apart once and for all here:
 * the key of the tenant takes the place of the issuer, under which everything else keeps what is whose.
 */
export const readActor =
  ({ keyOfTenant }: SecurityControls, config: ServerConfig): ActorOf =>
  ({ auth: info }) => {
    if (!info) return undefined;
    const { issuer = config.issuer, subject } = info.extra ?? {};
    const person = { subject: String(subject), clientId: info.clientId, scopes: info.scopes };
    const tenant = tenantIn(info.token, String(issuer));
    return tenant
      ? { issuer: keyOfTenant(tenant, undefined), ...person, tenant } // 17
      : { issuer: String(issuer), ...person };
  };

export const messagesIn = (body: unknown): unknown[] => (Array.isArray(body) ? body : [body]);

/** A message that asks for a tool, whatever else is in it. */
export interface ToolMessage {
  method: 'tools/call';
  jsonrpc?: unknown;
  id?: unknown;
  params?: Record<string, unknown> | null;
}

export const isToolCall = (message: unknown): message is ToolMessage =>
  (message as { method?: unknown } | null | undefined)?.method === 'tools/call';

export function toToolCall(
  { params }: ToolMessage,
  request: Request,
  response: Response,
  actor?: Actor,
): ToolCall {
  return {
    requestId: String(response.get('x-request-id')),
    tool: typeof params?.name === 'string' ? params.name : '(not a name)',
    arguments: params?.arguments,
    actor,
    token: request.auth?.token,
    ip: request.socket.remoteAddress ?? 'unknown',
    headers: request.headers,
  };
}

/** What the answer is sent to; undefined for a message that can have none (JSON-RPC 2.0 §4). */
export function answerableId(message: ToolMessage): RequestId | undefined {
  return message.jsonrpc === '2.0' ? RequestIdSchema.safeParse(message.id).data : undefined;
}

/** What is wrong with the form of a call, by MCP's schema; undefined: nothing. Its words are ours. */
export function flawOf(message: ToolMessage): string | undefined {
  const [issue] = [JSONRPCRequestSchema, CallToolRequestSchema].flatMap(
    (schema) => schema.safeParse(message).error?.issues ?? [],
  );
  if (!issue) return undefined;
  const member = issue.path.slice(0, 2).map(String).join('.') || 'the message';
  return `Not acceptable: ${member}.`;
}
