/**
 * The weather server: MCP over Streamable HTTP, stateless, JSON answers. Every decision is a control,
 * marked with the topic that teaches it; the order they are asked in is one as well (topic 14).
 */
import { randomUUID } from 'node:crypto';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { createAuthorizationServer } from './authorization-server.ts';
import type {
  Actor,
  AuditLog,
  ChallengeReason,
  SecurityControls,
  ServerConfig,
  ToolCall,
} from './controls.ts';
import { HttpError, InsufficientScopeError, InvalidMessageError } from './errors.ts';
import type { KeyRing } from './signing-keys.ts';
import { createCallPipeline, type CallPipeline } from './tool-calls.ts';
import { createTools, type Tool } from './tools.ts';
import type { World } from './world/world.ts';

/** Compiling a validator costs more than the rest of a request; one serves every McpServer. */
const jsonSchemaValidator = new AjvJsonSchemaValidator();

export function createWeatherServer(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  keys: KeyRing,
): Express {
  const app = express();
  const tools = new Map(createTools(controls, world).map((tool) => [tool.name, tool]));
  const audit = controls.createAuditLog(world.writeAuditLine, world.secrets.auditChainKey); // 12
  const calls = createCallPipeline(controls, world, config, tools, audit); // 06 08 10 12 13 14

  const recordRefused = recordRefusedCalls(audit, world, config);
  app.use((request, response, next) => {
    const requestId = world.tape.requestId ?? randomUUID();
    response.set('x-request-id', requestId);
    watchForRefusals(recordRefused, request, response);
    world.tape.during(requestId, next);
  });
  // Says nothing but that the process answers, so that nothing stands in front of it.
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  // Mounted in the order that topic 14 decides.
  controls.mountPipeline(app, {
    headers: controls.createSecurityHeaders(config), // 11
    origin: controls.createOriginGuard(config), // 11
    body: controls.createBodyParser(config), // 11
    bearer: requireBearer(controls, world, config, keys), // 05
    discovery: serveDiscovery(controls, config), // 01
    authorizationServer: createAuthorizationServer(controls, world, config, keys), // 02 03 04
    messages: answerMessages(
      controls,
      world,
      config,
      [...tools.values()],
      calls.run,
      recordRefused,
    ),
    notFound: (_request, _response, next) => next(new HttpError(404, 'There is no such route.')),
    errors: controls.createErrorHandler(config), // 13
  });
  return app;
}

/** Both discovery documents, at the paths their RFCs derive from issuer and resource. */
function serveDiscovery(controls: SecurityControls, config: ServerConfig): RequestHandler {
  const router = express.Router();
  router.get('/.well-known/oauth-authorization-server', (request, response) => {
    response.json(controls.describeAuthorizationServer(config, request));
  });
  router.get(
    ['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'],
    (request, response) => void response.json(controls.describeProtectedResource(config, request)),
  );
  return router;
}

/** The learner's middleware, with its context; what it decided goes on the tape. */
function requireBearer(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  keys: KeyRing,
): RequestHandler {
  const jwksUri = new URL('/jwks', config.issuer).href;
  return controls.createBearerAuth({
    config,
    challenge: (reason, request) => controls.buildBearerChallenge(reason, config, request),
    async verifyAccessToken(token) {
      try {
        const { expiresAt, ...known } = await controls.verifyAccessToken(token, {
          config,
          jwks: keys.jwks(),
          jwksUri,
        });
        const info = expiresAt === undefined ? known : { ...known, expiresAt };
        const subject = String(info.extra?.subject);
        world.tape.write({ kind: 'token', decision: 'accepted', detail: `for ${subject}` });
        return info;
      } catch (error) {
        world.tape.write({ kind: 'token', decision: 'refused', detail: String(error) });
        throw error;
      }
    },
  });
}

/** Refused calls of one request that get a line each. */
const MOST_LINES_OF_ONE_BODY = 20;

/** What is to be recorded of a request that no tool call has seen. */
type RecordRefused = (
  request: Request,
  response: Response,
  /** Ids of messages that were recorded as calls already. */
  recorded: ReadonlySet<unknown>,
  reason: string,
) => void;

/** A call that is refused before it reaches its pipeline is still an attempted call (topic 12). */
const recordRefusedCalls =
  (audit: AuditLog, world: World, config: ServerConfig): RecordRefused =>
  (request, response, recorded, reason) => {
    const actor = toActor(request, config);
    const calls = messagesIn(request.body).flatMap((message) => {
      const call = toToolCall(message, request, response, actor);
      return !call || recorded.has((message as { id?: unknown }).id) ? [] : [call];
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
const answering = new WeakSet<Response>();

function watchForRefusals(
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

/** Hands a message to the SDK, with a server and a transport of its own: nothing is shared. */
function answerMessages(
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
      const refused = { code: -32600, message: error.message };
      response.status(400).json({ jsonrpc: '2.0', id: null, error: refused });
      return;
    }
    answering.add(response);

    const actor = toActor(request, config);
    let refusal: InsufficientScopeError | undefined;
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
    const recorded = new Set<unknown>();
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { requestId }) => {
      recorded.add(requestId);
      const call = toToolCall({ method: 'tools/call', params }, request, response, actor)!;
      const ran = await runCall(call);
      refusal ??= ran.refusal;
      return ran.result;
    });

    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    let answer: globalThis.Response;
    let text: string;
    try {
      answer = await transport.handleRequest(toWebRequest(request, config), {
        parsedBody: request.body,
        ...(request.auth ? { authInfo: request.auth } : {}),
      });
      text = await answer.text();
    } finally {
      recordRefused(request, response, recorded, 'not a valid call');
      await server.close();
    }

    response.status(answer.status);
    answer.headers.forEach((value, name) => response.set(name, value));
    if (refusal) {
      const reason: ChallengeReason = { error: 'insufficient_scope', scopes: refusal.scopes };
      response.status(403);
      response.set('www-authenticate', controls.buildBearerChallenge(reason, config, request));
    }
    response.send(text);
  };
}

function toActor(request: Request, config: ServerConfig): Actor | undefined {
  const info = request.auth;
  if (!info) return undefined;
  const { issuer = config.issuer, subject } = info.extra ?? {};
  return {
    issuer: String(issuer),
    subject: String(subject),
    clientId: info.clientId,
    scopes: info.scopes,
  };
}

const messagesIn = (body: unknown): unknown[] => (Array.isArray(body) ? body : [body]);

/** The call a message asks for, or undefined if it asks for something else. */
function toToolCall(
  message: unknown,
  request: Request,
  response: Response,
  actor?: Actor,
): ToolCall | undefined {
  const { method, params } = (message ?? {}) as {
    method?: unknown;
    params?: Record<string, unknown>;
  };
  if (method !== 'tools/call') return undefined;
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

type InputSchema = { type: 'object'; [member: string]: unknown };

/** JSON Schema for `tools/list`. A check that JSON Schema cannot express is simply not shown. */
function toInputSchema(input: z.ZodObject): InputSchema {
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
