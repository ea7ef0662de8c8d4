#!/usr/bin/env bash
# A notification is acknowledged by @hono/mcp with a body, the JSON text null, which the transport says has none.
#
# Packages: @hono/mcp 0.3.2 with hono 4.13.19; @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server 2.4.0; zod 4.6.7.
# Expected, by the specification of 2025-11-25 (Streamable HTTP, Sending Messages to the Server): 202 Accepted without a body.
# Seen 2026-11-30, Node 20.20: @hono/mcp answers 202 with Content-Type application/json and the four letters null, which
# a proxy or a client that parses what is called JSON takes for a message; SDK v1's transport of web standards and
# createMcpHandler of v2 answer 202 and nothing.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @hono/mcp@0.3.2 \
  hono@4.13.19 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/server@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { StreamableHTTPTransport } from '@hono/mcp';
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { McpServer as ServerV2, createMcpHandler } from '@modelcontextprotocol/server';
import { Hono } from 'hono';

const me = { name: 'look', version: '1.0.0' };
const app = new Hono();
app.all('/mcp', async (context) => {
  const transport = new StreamableHTTPTransport();
  await new ServerV1(me).connect(transport);
  return transport.handleRequest(context);
});
const modern = createMcpHandler(() => new ServerV2(me));
const servers = {
  hono: (request) => app.request(request),
  v1: async (request) => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
    });
    await new ServerV1(me).connect(transport);
    return transport.handleRequest(request);
  },
  v2: (request) => modern.fetch(request),
};
const seen = {};
for (const [name, answer] of Object.entries(servers)) {
  const response = await answer(
    new Request('http://localhost/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-11-25',
      },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
    }),
  );
  const type = response.headers.get('content-type')?.split(';')[0] ?? 'none';
  seen[name] = [response.status, type, await response.text()].join(' ');
}
const recorded = { hono: '202 application/json null', v1: '202 none ', v2: '202 none ' };
if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log('As recorded: @hono/mcp acknowledges with a body of null, both SDKs with none.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "acknowledgement-has-a-body-of-null: changed, or could not be run (see above)"; exit 1; }
