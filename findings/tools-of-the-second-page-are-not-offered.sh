#!/usr/bin/env bash
# Google ADK and LlamaIndex offer a model the first page of tools only.
#
# Packages: @google/adk 2.0.0; @llamaindex/tools 0.2.1; @ai-sdk/mcp 2.0.99; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by "Clients SHOULD: … Support both paginated and non-paginated flows" (2025-11-25, Pagination).
# Seen 2026-11-30, Node 20.20: both call listTools() of SDK v1 once and do not look at nextCursor. A tool on the second
# page does not exist for them, and nothing says so. The AI SDK reads all pages.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @google/adk@2.0.0 \
  @llamaindex/tools@0.2.1 \
  @ai-sdk/mcp@2.0.99 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { MCPToolset, setLogger } from '@google/adk';
import { mcp } from '@llamaindex/tools';
import { createMCPClient } from '@ai-sdk/mcp';

setLogger(null); // it calls the end of its own connection an error
const tool = (name) => ({ name, inputSchema: { type: 'object' } });
// A server of SDK v1 that answers each POST by itself, and lists its three tools on two pages.
const web = http.createServer(async (request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end();
  const server = new Server({ name: 'look', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
    params?.cursor === undefined
      ? { tools: [tool('now'), tool('forecast')], nextCursor: 'page-2' }
      : { tools: [tool('alerts')] },
  );
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${web.address().port}/mcp`;

const adk = await new MCPToolset({ type: 'StreamableHTTPConnectionParams', url }).getTools();
const llamaindex = await mcp({ url }).tools();
const ai = await (await createMCPClient({ transport: { type: 'http', url } })).tools();
const seen = {
  adk: adk.map(({ name }) => name).join(),
  llamaindex: llamaindex.map(({ metadata }) => metadata.name).join(),
  ai: Object.keys(ai).join(),
};
const recorded = { adk: 'now,forecast', llamaindex: 'now,forecast', ai: 'now,forecast,alerts' };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log('As recorded: Google ADK and LlamaIndex read the first page of tools only.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "tools-of-the-second-page-are-not-offered: changed, or could not be run (see above)"; exit 1; }
