#!/usr/bin/env bash
# @google/genai asks for no further page of tools once it has a hundred; of one long page it takes all.
#
# Packages: @google/genai 3.3.0; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by "Treat a missing nextCursor as the end of results" (2025-11-25, Pagination): as long as there is a
# cursor, there is more. Nothing in its types or its README names a limit.
# Seen 2026-11-30, Node 20.20: mcpToTool stops after the page with which it has reached a hundred. Of 150 tools a model
# is offered 100, 120 or 150, by whether the server lists 50, 60 or all of them on a page. No error, no warning.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @google/genai@3.3.0 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { mcpToTool } from '@google/genai';

const me = { name: 'look', version: '1.0.0' };
const tools = Array.from({ length: 150 }, (_, at) => ({
  name: `t${at}`,
  inputSchema: { type: 'object' },
}));
// A server of SDK v1 that answers each POST by itself, and lists so many tools on a page.
async function count(perPage) {
  const web = http.createServer(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const server = new Server(me, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
      const from = Number(params?.cursor ?? 0);
      const page = tools.slice(from, from + perPage);
      const next = from + perPage;
      return next < tools.length ? { tools: page, nextCursor: String(next) } : { tools: page };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport);
    await transport.handleRequest(request, response);
  });
  await new Promise((done) => web.listen(0, '127.0.0.1', done));
  const client = new Client(me);
  const url = new URL(`http://127.0.0.1:${web.address().port}/mcp`);
  await client.connect(new StreamableHTTPClientTransport(url));
  return (await mcpToTool(client).tool()).functionDeclarations.length;
}
const seen = {
  '150 on a page': await count(150),
  '60 on a page': await count(60),
  '50 on a page': await count(50),
};
const recorded = { '150 on a page': 150, '60 on a page': 120, '50 on a page': 100 };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: @google/genai offers 100, 120 or 150 of 150 tools, by the length of the pages.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "tools-after-the-hundredth-are-not-asked-for: changed, or could not be run (see above)"; exit 1; }
