#!/usr/bin/env bash
# Application/JSON is refused by two MCP servers as Content-Type and by three in Accept.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server 2.4.0; @hono/mcp 0.3.2 with hono 4.13.19; tmcp
# 1.20.0 with @tmcp/transport-http 0.9.0 and @tmcp/adapter-zod 0.1.7; zod 4.6.7.
# Expected, by a reader of RFC 9110 section 8.3.1: the names of media types mean the same in capitals.
# Seen 2026-11-29, Node 20.20, status of an initialize by server: Content-Type in capitals 415 at @hono/mcp and tmcp, 200 at
# both SDKs; Accept in capitals 406 at both SDKs and @hono/mcp, 200 at tmcp. And "text/event-stream;q=0", which says no,
# is answered with an event stream by all four.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/server@2.4.0 \
  @hono/mcp@0.3.2 \
  hono@4.13.19 \
  tmcp@1.20.0 \
  @tmcp/transport-http@0.9.0 \
  @tmcp/adapter-zod@0.1.7 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { McpServer as ServerV2, createMcpHandler } from '@modelcontextprotocol/server';
import { StreamableHTTPTransport } from '@hono/mcp';
import { Hono } from 'hono';
import { McpServer as TinyServer } from 'tmcp';
import { ZodJsonSchemaAdapter } from '@tmcp/adapter-zod';
import { HttpTransport } from '@tmcp/transport-http';

const me = { name: 'look', version: '1.0.0' };
const json = 'application/json';
const body = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: me },
});
const hono = new Hono();
hono.all('/mcp', async (context) => {
  const transport = new StreamableHTTPTransport();
  await new ServerV1(me).connect(transport);
  return transport.handleRequest(context);
});
const modern = createMcpHandler(() => new ServerV2(me));
const tiny = new HttpTransport(
  new TinyServer(
    { ...me, description: '' },
    { adapter: new ZodJsonSchemaAdapter(), capabilities: {} },
  ),
  { path: '/mcp' },
);
const servers = {
  v1: async (request) => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
    });
    await new ServerV1(me).connect(transport);
    return transport.handleRequest(request);
  },
  v2: (request) => modern.fetch(request),
  hono: (request) => hono.request(request),
  tmcp: (request) => tiny.respond(request),
};
const cases = [
  { 'Content-Type': 'Application/JSON', Accept: `${json}, text/event-stream` },
  { 'Content-Type': json, Accept: 'Application/JSON, Text/Event-Stream' },
  { 'Content-Type': json, Accept: `${json}, text/event-stream;q=0` },
];
const seen = {};
for (const [name, answer] of Object.entries(servers)) {
  seen[name] = [];
  for (const headers of cases) {
    const response = await answer(
      new Request('http://localhost/mcp', { method: 'POST', headers, body }),
    );
    seen[name].push(response.status);
    if (headers === cases[2]) seen[name].push(response.headers.get('Content-Type').split(';')[0]);
  }
}
const stream = 'text/event-stream';
const recorded = {
  v1: [200, 406, 200, stream],
  v2: [200, 406, 200, stream],
  hono: [415, 406, 200, stream],
  tmcp: [415, 200, 200, stream],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: capitals in Content-Type or Accept are refused by four MCP servers in three ways.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "media-type-in-capitals-is-another-type: changed, or could not be run (see above)"; exit 1; }
