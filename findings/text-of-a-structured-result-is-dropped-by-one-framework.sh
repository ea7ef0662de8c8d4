#!/usr/bin/env bash
# A result with a text for the model and structure for programs: Mastra gives the model the structure, OpenAI the text.
#
# Packages: @mastra/mcp 2.0.0 with @mastra/core 1.71.0; @openai/agents 0.20.0; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by an author who puts a warning into the text: whoever reads the result reads it.
# Seen 2026-11-29, Node 20.20: if the tool has an outputSchema, execute() of @mastra/mcp returns structuredContent alone
# and the text is gone; @openai/agents returns the text alone. What must be read has to stand in both.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @mastra/mcp@2.0.0 \
  @mastra/core@1.71.0 \
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
import { MCPClient } from '@mastra/mcp';

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
const outputSchema = {
  type: 'object',
  properties: { celsius: { type: 'number' } },
  required: ['celsius'],
};
const result = {
  content: [{ type: 'text', text: '4 degrees, measured yesterday.' }],
  structuredContent: { celsius: 4 },
};
const url = await serve([{ name: 'now', inputSchema: { type: 'object' }, outputSchema }], {
  now: result,
});

const mastra = new MCPClient({ servers: { weather: { url: new URL(url) } } });
const server = new MCPServerStreamableHttp({ url, name: 'weather' });
await server.connect();
const [tool] = await getAllMcpTools([server]);
const seen = {
  mastra: await (await mastra.listTools()).weather_now.execute({}, {}),
  openai: (await tool.invoke(new RunContext({}), '{}')).text,
};
const recorded = { mastra: { celsius: 4 }, openai: '4 degrees, measured yesterday.' };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: of a result with text and structure Mastra keeps the structure and @openai/agents the text.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "text-of-a-structured-result-is-dropped-by-one-framework: changed, or could not be run (see above)"; exit 1; }
