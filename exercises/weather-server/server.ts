/**
 * The weather server: MCP over Streamable HTTP, stateless, JSON answers, in two revisions at one URL.
 * Every decision is a control, marked with the topic that teaches it; the order they are asked in is
 * one as well (topic 14).
 */
import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import { answerByRevision } from './answer-by-revision.ts';
import { answerMessages } from './answer-messages.ts';
import { answerStateless } from './answer-stateless.ts';
import { readActor, recordRefusedCalls, watchForRefusals } from './attempted-calls.ts';
import { createAuthorizationServer } from './authorization-server.ts';
import { ClientRegistry } from './client-registry.ts';
import type { AuditLog, SecurityControls, ServerConfig } from './controls.ts';
import { HttpError } from './errors.ts';
import {
  hasIssuerElsewhere,
  isOfExternalIssuer,
  verifyByExternalIssuer,
} from './external-issuer.ts';
import { createToolList } from './list-tools.ts';
import type { KeyRing } from './signing-keys.ts';
import { connectThirdParty } from './third-party-connection.ts';
import { createCallPipeline } from './tool-calls.ts';
import { createTools } from './tools.ts';
import { watchGate } from './watch-gate.ts';
import type { World } from './world/world.ts';

export function createWeatherServer(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  keys: KeyRing,
  clients = new ClientRegistry(),
): Express {
  const app = express();
  const thirdParty = connectThirdParty(controls, world, config); // 20
  const tools = new Map(createTools(controls, world, thirdParty).map((tool) => [tool.name, tool]));
  const audit = createAuditLog(controls, world); // 12 18
  const listTools = createToolList(controls, config, [...tools.values()]); // 06
  const calls = createCallPipeline(controls, world, config, tools, audit); // 06 08 10 12 13 14

  const actorOf = readActor(controls, config); // 17
  const recordRefused = recordRefusedCalls(audit, world, actorOf);
  const means = { actorOf, listTools, toolCount: tools.size, runCall: calls.run, recordRefused };
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
    headers: watchGate(world.tape, 'headers', controls.createSecurityHeaders(config)), // 11
    origin: watchGate(world.tape, 'origin', controls.createOriginGuard(config)), // 11
    body: watchGate(world.tape, 'body', controls.createBodyParser(config)), // 11
    bearer: watchGate(world.tape, 'bearer', requireBearer(controls, world, config, keys)), // 05
    discovery: serveDiscovery(controls, config), // 01
    authorizationServer: hasIssuerElsewhere(config)
      ? express.Router()
      : createAuthorizationServer(controls, world, config, keys, clients, thirdParty), // 02 03 04 20
    messages: answerByRevision(
      controls, // 15
      answerMessages(controls, world, config, means),
      answerStateless(controls, config, means), // 17
    ),
    notFound: (_request, _response, next) => next(new HttpError(404, 'There is no such route.')),
    errors: controls.createErrorHandler(config), // 13
  });
  return app;
}

/** Of several instances each has a log of its own, of which one is made afterwards. */
function createAuditLog(controls: SecurityControls, world: World): AuditLog {
  const { auditChainKey } = world.secrets;
  if (!world.store) return controls.createAuditLog(world.writeAuditLine, auditChainKey);
  const seal = controls.createLineSealer(auditChainKey); // 18
  return controls.createAuditLog((line) => world.writeAuditLine(seal(line)), auditChainKey);
}

/** Both discovery documents, at the paths their RFCs derive from issuer and resource. */
function serveDiscovery(controls: SecurityControls, config: ServerConfig): RequestHandler {
  const router = express.Router();
  if (!hasIssuerElsewhere(config)) {
    router.get('/.well-known/oauth-authorization-server', (request, response) => {
      response.json(controls.describeAuthorizationServer(config, request));
    });
  }
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
  const verifyExternal = verifyByExternalIssuer(controls, world.web, config); // 19
  return controls.createBearerAuth({
    config,
    challenge: (reason, request) => controls.buildBearerChallenge(reason, config, request),
    async verifyAccessToken(token) {
      try {
        const { expiresAt, ...known } = isOfExternalIssuer(token, config)
          ? await verifyExternal(token)
          : await controls.verifyAccessToken(token, { config, jwks: keys.jwks(), jwksUri });
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
