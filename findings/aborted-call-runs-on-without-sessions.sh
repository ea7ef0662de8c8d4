#!/usr/bin/env bash
# An AbortSignal given to callTool ends the call for the caller; the tool of a stateless server runs on.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0, node 2.1.2; zod 4.6.7.
# Expected, by who aborts an expensive call: the handler's signal fires, as it does over stdio and with sessions.
# Seen 2026-11-29, Node 20.20: under 2025-11-25 both clients keep the stream open and post notifications/cancelled, which
# a stateless server gives to a new instance that knows of no such call: so with one server object for each POST in SDK
# v1, and in createMcpHandler of v2. After negotiating 2026-07-28 client v2 drops the stream, and the signal fires.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  @modelcontextprotocol/node@2.1.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer as ServerV2, createMcpHandler } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';

const me = { name: 'look', version: '1.0.0' };
let call; // of the tool that is running
function slow(signal) {
  const mine = call;
  signal.addEventListener('abort', () => mine.aborted());
  mine.started();
  return new Promise(() => {});
}
const sessions = new Map();
async function serveV1(request, response, sessionIdGenerator) {
  const known = sessions.get(request.headers['mcp-session-id']);
  if (known !== undefined) return known.handleRequest(request, response);
  const server = new ServerV1(me);
  server.registerTool('slow', {}, ({ signal }) => slow(signal));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator,
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  if (sessionIdGenerator === undefined) response.on('close', () => void transport.close());
  await server.connect(transport);
  return transport.handleRequest(request, response);
}
const modern = createMcpHandler(() => {
  const server = new ServerV2(me);
  server.registerTool('slow', {}, (context) => slow(context.mcpReq.signal));
  return server;
});
const servers = {
  withSessions: (request, response) => void serveV1(request, response, randomUUID),
  stateless: (request, response) => void serveV1(request, response, undefined),
  createMcpHandler: toNodeHandler(modern),
};
async function look(handler, Client, Http, callTool, options) {
  const web = http.createServer(handler);
  await new Promise((done) => web.listen(0, '127.0.0.1', done));
  const client = new Client(me, options);
  await client.connect(new Http(new URL(`http://127.0.0.1:${web.address().port}/mcp`)));
  const started = new Promise((done) => (call = { started: done }));
  const aborted = new Promise((done) => (call.aborted = () => done('stopped')));
  const controller = new AbortController();
  const answer = callTool(client, { name: 'slow' }, { signal: controller.signal }).catch(
    () => 'rejected',
  );
  await started;
  controller.abort('enough');
  const seen = [await answer, await Promise.race([aborted, wait(8000, 'runs on')])];
  await client.close();
  return seen;
}
const callV1 = (client, params, options) => client.callTool(params, undefined, options);
const callV2 = (client, params, options) => client.callTool(params, options);
const seen = {};
for (const [name, handler] of Object.entries(servers)) {
  seen[name] = {
    v1: await look(handler, ClientV1, HttpV1, callV1),
    v2: await look(handler, ClientV2, HttpV2, callV2),
  };
}
const negotiating = { versionNegotiation: { mode: 'auto' } };
seen.createMcpHandler.negotiating = await look(
  servers.createMcpHandler,
  ClientV2,
  HttpV2,
  callV2,
  negotiating,
);
const stopped = ['rejected', 'stopped'];
const runsOn = ['rejected', 'runs on'];
const recorded = {
  withSessions: { v1: stopped, v2: stopped },
  stateless: { v1: runsOn, v2: runsOn },
  createMcpHandler: { v1: runsOn, v2: runsOn, negotiating: stopped },
};
if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: an aborted call runs on in a server without sessions, unless 2026-07-28 was negotiated.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "aborted-call-runs-on-without-sessions: changed, or could not be run (see above)"; exit 1; }
