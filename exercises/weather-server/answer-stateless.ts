/**
 * Answers messages of MCP 2026-07-28 with the new SDK. A request stands for itself: there is no
 * `initialize`, and nothing is remembered. Tool calls take the same way as in 2025-11-25: whatever
 * they look like, they are limited, logged and refused or run by our steps.
 */
import { ClientRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import {
  CLIENT_CAPABILITIES_META_KEY,
  isJSONRPCNotification,
  isJSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
  type InputRequiredResult,
  type JSONRPCRequest,
} from '@modelcontextprotocol/server';
import type { Request, Response } from 'express';
import { answering, flawOf, isToolCall, toToolCall } from './attempted-calls.ts';
import { askUser, clientAnswerIn } from './client-answer.ts';
import type { Actor, ChallengeReason, SecurityControls, ServerConfig } from './controls.ts';
import {
  answerError,
  idOf,
  INTERNAL_ERROR,
  INVALID_PARAMS,
  INVALID_REQUEST,
  METHOD_NOT_FOUND,
  sendJson,
  toJsonRpcError,
  MISSING_CAPABILITY,
  UNSUPPORTED_VERSION,
  type JsonRpcError,
} from './json-rpc-error.ts';
import { withCacheHints } from './cache-hints.ts';
import type { MessageMeans } from './message-means.ts';
import { mirroredArgumentsOf } from './mirrored-arguments.ts';
import { sentMessage } from './sent-message.ts';
import { STATELESS_REVISION, StatelessSdkServer } from './stateless-sdk-server.ts';

/** The HTTP request that a message came with, as far as its handler has to know it. */
interface Asker {
  actor: Actor | undefined;
  runCall: () => Promise<CallToolResult | InputRequiredResult>;
}

/** @param refused what is wrong with the request, if that is known already */
export type AnswerStateless = (
  request: Request,
  response: Response,
  refused?: JsonRpcError,
) => Promise<void>;

export function answerStateless(
  controls: SecurityControls,
  config: ServerConfig,
  { actorOf, listTools, toolCount, runCall, recordRefused }: MessageMeans,
): AnswerStateless {
  const sdk = new StatelessSdkServer<Asker>(
    { name: 'weather', version: '1.0.0' },
    { capabilities: { tools: {} } },
  );
  sdk.server.setRequestHandler('tools/list', (_request, { mcpReq }) => ({
    tools: listTools(sdk.askerOf(mcpReq.id).actor),
  }));
  sdk.server.setRequestHandler('tools/call', (_request, { mcpReq }) =>
    sdk.askerOf(mcpReq.id).runCall(),
  );
  const connected = sdk.connect();

  return async (request, response, refused) => {
    const message = request.body as unknown;
    answering.add(response);
    const recorded = new Set<unknown>();
    const actor = actorOf(request);
    try {
      const problem = whatIsWrong(controls, request, refused);
      if (isToolCall(message) && (problem || !isJSONRPCRequest(message))) {
        // Refused in any case; it counts, and leaves a line, like any other.
        recorded.add(message);
        const flaw = problem?.message ?? 'A call needs an id.';
        await runCall(toToolCall(message, request, response, actor), { flaw });
      }
      if (problem) return answerError(response, idOf(message), problem);
      if (!isJSONRPCRequest(message)) return void response.status(202).end();

      let challenge: ChallengeReason | undefined;
      const asker: Asker = {
        actor,
        async runCall() {
          if (!isToolCall(message)) throw new Error('only calls are run');
          recorded.add(message);
          const call = toToolCall(message, request, response, actor);
          const form = { flaw: flawOf(message), answer: clientAnswerIn(message) };
          const { result, refusal, needed } = await runCall(call, form);
          if (refusal) challenge = { error: 'insufficient_scope', scopes: refusal.scopes };
          return needed ? askUser(needed) : result;
        },
      };
      await connected;
      const { answer, isRefused } = await sdk.ask(forSdk(message), asker);
      if ('error' in answer) {
        const error = inOurWords(answer.error, message);
        const isUnanswerable = isRefused || error.code === MISSING_CAPABILITY;
        const status = error.code === METHOD_NOT_FOUND ? 404 : isUnanswerable ? 400 : 200;
        return answerError(response, message.id, error, status);
      }
      if (challenge) {
        response.status(403);
        response.set('www-authenticate', controls.buildBearerChallenge(challenge, config, request));
      }
      sendJson(response, withCacheHints(controls, message.method, actor, answer, toolCount)); // 17
    } finally {
      recordRefused(request, response, recorded, 'not a valid call');
    }
  };
}

/** Calls have their own way; the SDK sees no more of them than their id. */
const forSdk = (message: JSONRPCRequest): JSONRPCRequest =>
  message.method === 'tools/call'
    ? { ...message, params: { name: 'as sent', _meta: message.params?._meta } }
    : message;

/**
 * The first thing that is wrong with a message, before anything in it is answered.
 *
 * @param refused by whoever decided on the revision
 */
function whatIsWrong(
  controls: SecurityControls,
  request: Request,
  refused: JsonRpcError | undefined,
): JsonRpcError | undefined {
  const message = request.body as unknown;
  if (!isJSONRPCRequest(message) && !isJSONRPCNotification(message)) {
    return { code: INVALID_REQUEST, message: 'Send one JSON-RPC 2.0 request, with an id.' };
  }
  // What headers a notification needs, the specification leaves open.
  if (refused || !isJSONRPCRequest(message)) return refused;
  try {
    const mirrored = isToolCall(message) ? mirroredArgumentsOf(message.params?.name) : [];
    controls.requireMatchingHeaders(sentMessage(request), mirrored); // 15
  } catch (error) {
    const mismatch = toJsonRpcError(error);
    if (mismatch) return mismatch;
    throw error;
  }
  const meta = message.params?._meta;
  const requested = meta?.[PROTOCOL_VERSION_META_KEY];
  if (typeof requested === 'string' && requested !== STATELESS_REVISION) {
    return {
      code: UNSUPPORTED_VERSION,
      message: 'This version of MCP is not spoken here.',
      data: { supported: [STATELESS_REVISION, ...SUPPORTED_PROTOCOL_VERSIONS], requested },
    };
  }
  const isWhole =
    requested === STATELESS_REVISION && isObject(meta?.[CLIENT_CAPABILITIES_META_KEY]);
  if (isWhole) return undefined;
  const needed = `${PROTOCOL_VERSION_META_KEY} and ${CLIENT_CAPABILITIES_META_KEY}`;
  return { code: INVALID_PARAMS, message: `A request has ${needed} in _meta.` };
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The SDK quotes its schemas, and whatever a handler throws. */
function inOurWords({ code, data }: JsonRpcError, asked: JSONRPCRequest): JsonRpcError {
  if (code === MISSING_CAPABILITY) {
    const message = 'This call asks its user something, and the client does not say that it can.';
    return { code, message, data };
  }
  if (code === METHOD_NOT_FOUND) return { code, message: 'There is no such method.' };
  const isOurs = code === INTERNAL_ERROR && ClientRequestSchema.safeParse(asked).success;
  return isOurs
    ? { code, message: 'Internal error' }
    : { code: INVALID_PARAMS, message: 'The parameters of this request are not acceptable.' };
}
