#!/usr/bin/env bash
# After a restart of a server with sessions four clients fail at every call until the program around them connects anew.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; @ai-sdk/mcp 2.0.99;
# @langchain/mcp-adapters 1.1.4; zod 4.6.7.
# Expected, by "When a client receives HTTP 404 in response to a request containing an MCP-Session-Id, it MUST start a
# new session by sending a new InitializeRequest without a session ID attached" (2025-11-25, Session Management).
# Seen 2026-11-30, Node 20.20: none sends initialize again. Both SDKs and LangChain go on naming the session that ended.
# The AI SDK forgets it after the first 404, says in its error that a new client has to be made, and calls on without
# any session, which a server with sessions refuses with 400.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/client@2.4.0 \
  @ai-sdk/mcp@2.0.99 \
  @langchain/mcp-adapters@1.1.4 \
  @langchain/core@1.4.0 \
  @langchain/langgraph@1.7.3 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';

const me = { name: 'look', version: '1.0.0' };
// A server with sessions, as its SDK's examples show it. A session that it does not know is answered with 404.
async function serve() {
  const sessions = new Map();
  const asked = [];
  const web = http.createServer(async (request, response) => {
    const id = request.headers['mcp-session-id'];
    if (id !== undefined) {
      const known = sessions.get(id);
      if (request.method === 'POST' && known === undefined) asked.push('ended session');
      return known === undefined
        ? response.writeHead(404).end()
        : known.handleRequest(request, response);
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method !== 'POST') return response.writeHead(405).end();
    const message = JSON.parse(Buffer.concat(chunks).toString());
    asked.push(message.method);
    if (message.method !== 'initialize') return response.writeHead(400).end();
    const server = new McpServer(me);
    server.registerTool('now', {}, async () => ({ content: [{ type: 'text', text: 'sunny' }] }));
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await server.connect(transport);
    return transport.handleRequest(request, response, message);
  });
  await new Promise((done) => web.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${web.address().port}/mcp`;
  return { url, asked, restart: () => (sessions.clear(), asked.splice(0)) };
}
async function ofSdk(Client, Http, url) {
  const client = new Client(me);
  await client.connect(new Http(new URL(url)));
  return () => client.callTool({ name: 'now' });
}
const connect = {
  v1: (url) => ofSdk(ClientV1, HttpV1, url),
  v2: (url) => ofSdk(ClientV2, HttpV2, url),
  async ai(url) {
    const tools = await (await createMCPClient({ transport: { type: 'http', url } })).tools();
    return () => tools.now.execute({}, { toolCallId: '1', messages: [] });
  },
  async langchain(url) {
    const mcpServers = { weather: { url, transport: 'http' } };
    const [tool] = await new MultiServerMCPClient({ mcpServers }).getTools();
    return () => tool.invoke({ type: 'tool_call', id: '1', name: 'now', args: {} });
  },
};
const seen = {};
for (const [name, open] of Object.entries(connect)) {
  const { url, asked, restart } = await serve();
  const call = await open(url);
  const outcome = () =>
    call().then(
      () => 'answered',
      () => 'failed',
    );
  const before = await outcome();
  restart();
  const calls = [await outcome(), await outcome(), await outcome()];
  seen[name] = { before, calls: calls.join(), asked: asked.join() };
}
const calls = 'failed,failed,failed';
const each = { before: 'answered', calls, asked: 'ended session,ended session,ended session' };
const recorded = {
  v1: each,
  v2: each,
  ai: { ...each, asked: 'ended session,tools/call,tools/call' },
  langchain: each,
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: no client begins a session anew after 404; the AI SDK goes on without one.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "ended-session-is-never-begun-anew: changed, or could not be run (see above)"; exit 1; }
