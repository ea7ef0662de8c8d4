#!/usr/bin/env bash
# Genkit lists the tools of a v2 server and fails at each call that it is asked to make.
#
# Packages: genkit and @genkit-ai/mcp 1.42.0; @modelcontextprotocol/server 2.4.0, node 2.1.2; @modelcontextprotocol/sdk
# 1.32.2; zod 4.6.7.
# Expected, by "Implementations MUST support at least 2020-12" (2025-11-25, JSON Schema Usage). Server v2 names that
# dialect in each schema that zod wrote.
# Seen 2026-11-30, Node 20.20: Genkit checks arguments with an Ajv that knows draft-07 only, and throws before anything
# is sent: no schema with key or ref. The same tool of a v1 server, whose schema says draft-07, works.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  genkit@1.42.0 \
  @genkit-ai/mcp@1.42.0 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/node@2.1.2 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { genkit } from 'genkit';
import { createMcpClient } from '@genkit-ai/mcp';
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { McpServer as ServerV2, createMcpHandler } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { z } from 'zod';

const me = { name: 'look', version: '1.0.0' };
function fill(server) {
  const inputSchema = z.object({ city: z.string() });
  server.registerTool('now', { inputSchema }, async ({ city }) => ({
    content: [{ type: 'text', text: `sunny in ${city}` }],
  }));
  return server;
}
const servers = {
  v1: async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await fill(new ServerV1(me)).connect(transport);
    return transport.handleRequest(request, response);
  },
  v2: toNodeHandler(createMcpHandler(() => fill(new ServerV2(me)))),
};
const ai = genkit({});
const seen = {};
for (const [name, handler] of Object.entries(servers)) {
  const web = http.createServer(handler);
  await new Promise((done) => web.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${web.address().port}/mcp`;
  const client = createMcpClient({ name, mcpServer: { url } });
  await client.ready();
  const [tool] = await client.getActiveTools(ai);
  seen[name] = {
    dialect: tool.__action.inputJsonSchema.$schema,
    answer: await tool({ city: 'Oslo' }).catch((error) => error.message),
  };
}
const modern = 'https://json-schema.org/draft/2020-12/schema';
const recorded = {
  v1: { dialect: 'http://json-schema.org/draft-07/schema#', answer: 'sunny in Oslo' },
  v2: { dialect: modern, answer: `no schema with key or ref "${modern}"` },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: Genkit cannot call a tool whose schema names JSON Schema 2020-12, as those of server v2 do.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "tools-of-a-newer-server-cannot-be-called: changed, or could not be run (see above)"; exit 1; }
