#!/usr/bin/env bash
# A cursor that is an empty text ends the list for LangChain and @google/genai.
#
# Packages: @langchain/mcp-adapters 1.1.4; @google/genai 3.3.0; @ai-sdk/mcp 2.0.99; @modelcontextprotocol/client 2.4.0;
# @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by "an empty string is a valid cursor and thus MUST NOT be treated as the end of results" (2026-07-28,
# Pagination); 2025-11-25 has "Treat a missing nextCursor as the end of results".
# Seen 2026-11-30, Node 20.20: both test the cursor for truth, so that the tools behind "" are never asked for. Client
# v2 and the AI SDK go on.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @langchain/mcp-adapters@1.1.4 \
  @langchain/core@1.4.0 \
  @langchain/langgraph@1.7.3 \
  @google/genai@3.3.0 \
  @ai-sdk/mcp@2.0.99 \
  @modelcontextprotocol/client@2.4.0 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { mcpToTool } from '@google/genai';

const me = { name: 'look', version: '1.0.0' };
const tool = (name) => ({ name, inputSchema: { type: 'object' } });
// A server of SDK v1 that answers each POST by itself. Its cursor for the second page is a text of no letters.
const web = http.createServer(async (request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end();
  const server = new Server(me, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
    params?.cursor === undefined
      ? { tools: [tool('now')], nextCursor: '' }
      : { tools: [tool('alerts')] },
  );
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${web.address().port}/mcp`;

const v2 = new ClientV2(me);
await v2.connect(new HttpV2(new URL(url)));
const ai = await createMCPClient({ transport: { type: 'http', url } });
const v1 = new ClientV1(me);
await v1.connect(new HttpV1(new URL(url)));
const langchain = new MultiServerMCPClient({ mcpServers: { weather: { url, transport: 'http' } } });
const names = (tools) => tools.map(({ name }) => name).join();
const seen = {
  v2: names((await v2.listTools()).tools),
  ai: Object.keys(await ai.tools()).join(),
  langchain: names(await langchain.getTools()),
  genai: names((await mcpToTool(v1).tool()).functionDeclarations),
};

const recorded = { v2: 'now,alerts', ai: 'now,alerts', langchain: 'now', genai: 'now' };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: LangChain and @google/genai stop at an empty cursor; client v2 and the AI SDK go on.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "empty-cursor-ends-the-list: changed, or could not be run (see above)"; exit 1; }
