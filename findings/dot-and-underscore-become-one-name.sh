#!/usr/bin/env bash
# weather.now and weather_now are two tools to MCP; @openai/agents refuses the server that has both.
#
# Packages: @openai/agents 0.20.0; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by a reader of MCP 2025-11-25 (tool names: letters, digits, "_", "-", "."): both are listed.
# Seen 2026-11-29, Node 20.20: every "." becomes "_" in the name the model sees, weather.now turns into weather_now, and
# the two together are a UserError "Duplicate tool names found across MCP servers", though there is one server. The error
# takes all other tools with it. A rule by tool name in a prompt or a log finds the dotted name nowhere.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @openai/agents@0.20.0 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import {
  MCPServerStreamableHttp,
  RunContext,
  getAllMcpTools,
  setTracingDisabled,
} from '@openai/agents';

// A server of SDK v1 that answers each POST by itself; the tools are written as they stand on the wire.
async function serve(tools, results = {}) {
  const web = http.createServer(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const server = new Server({ name: 'look', version: '1.0.0' }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) => results[params.name]);
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    await transport.handleRequest(request, response);
  });
  await new Promise((done) => web.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${web.address().port}/mcp`;
}

setTracingDisabled(true);
async function look(...names) {
  const url = await serve(names.map((name) => ({ name, inputSchema: { type: 'object' } })));
  const server = new MCPServerStreamableHttp({ url, name: 'weather' });
  await server.connect();
  const seen = await getAllMcpTools([server]).then(
    (tools) => tools.map((tool) => tool.name),
    (error) => error.message.split(':')[0],
  );
  await server.close();
  return seen;
}
const seen = {
  alone: await look('weather.now', 'alerts'),
  both: await look('weather.now', 'weather_now', 'alerts'),
};
const recorded = {
  alone: ['weather_now', 'alerts'],
  both: 'Duplicate tool names found across MCP servers',
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: @openai/agents gives weather.now and weather_now one name and refuses the whole server.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "dot-and-underscore-become-one-name: changed, or could not be run (see above)"; exit 1; }
