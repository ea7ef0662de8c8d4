#!/usr/bin/env bash
# One tool, three agent frameworks, and none shows the model the schema that the server listed.
#
# Packages: @openai/agents 0.20.0; @ai-sdk/mcp 2.0.99 (asks for Node 22, runs on 20); @langchain/mcp-adapters 1.1.4 with
# @langchain/core 1.4.0 and @langchain/langgraph 1.7.3; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by the author of an inputSchema: it reaches the model as it is; the server is the one who closes or opens it.
# Seen 2026-11-29, Node 20.20, by additionalProperties and anyOf:
# - "celsius by city" (additionalProperties: a number schema): AI SDK says false, so that the model is told to send
#   nothing; @openai/agents says true, so that it may send words.
# - a closed object (additionalProperties: false): @openai/agents says true.
# - a city or a place (anyOf): LangChain drops anyOf and makes all of it optional; AI SDK adds an empty properties and
#   additionalProperties: false, which no argument at all can satisfy.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @openai/agents@0.20.0 \
  @ai-sdk/mcp@2.0.99 \
  @langchain/mcp-adapters@1.1.4 \
  @langchain/core@1.4.0 \
  @langchain/langgraph@1.7.3 \
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
import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';

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
const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const point = { type: 'object', properties: { lat: { type: 'number' } }, required: ['lat'] };
const schemas = {
  byCity: { type: 'object', additionalProperties: { type: 'number' } },
  closed: { ...city, additionalProperties: false },
  either: { type: 'object', anyOf: [city, point] },
};
const url = await serve(
  Object.entries(schemas).map(([name, inputSchema]) => ({ name, inputSchema })),
);
const short = ({ additionalProperties, anyOf, properties, required }) => ({
  additionalProperties,
  anyOf: anyOf !== undefined,
  properties: Object.keys(properties ?? {}),
  required: required ?? [],
});
const all = (shown) =>
  Object.fromEntries(Object.keys(schemas).map((name) => [name, short(shown(name))]));

const server = new MCPServerStreamableHttp({ url, name: 'weather' });
await server.connect();
const openai = await getAllMcpTools([server]);
const ai = await (await createMCPClient({ transport: { type: 'http', url } })).tools();
const langchain = await new MultiServerMCPClient({
  mcpServers: { weather: { url, transport: 'http' } },
}).getTools();
const seen = {
  listed: all((name) => schemas[name]),
  openai: all((name) => openai.find((tool) => tool.name === name).parameters),
  ai: all((name) => ai[name].inputSchema.jsonSchema),
  langchain: all((name) => langchain.find((tool) => tool.name === name).schema),
};
const number = { type: 'number' };
const recorded = {
  listed: {
    byCity: { additionalProperties: number, anyOf: false, properties: [], required: [] },
    closed: { additionalProperties: false, anyOf: false, properties: ['city'], required: ['city'] },
    either: { anyOf: true, properties: [], required: [] },
  },
  openai: {
    byCity: { additionalProperties: true, anyOf: false, properties: [], required: [] },
    closed: { additionalProperties: true, anyOf: false, properties: ['city'], required: ['city'] },
    either: { additionalProperties: true, anyOf: true, properties: [], required: [] },
  },
  ai: {
    byCity: { additionalProperties: false, anyOf: false, properties: [], required: [] },
    closed: { additionalProperties: false, anyOf: false, properties: ['city'], required: ['city'] },
    either: { additionalProperties: false, anyOf: true, properties: [], required: [] },
  },
  langchain: {
    byCity: { additionalProperties: number, anyOf: false, properties: [], required: [] },
    closed: { additionalProperties: false, anyOf: false, properties: ['city'], required: ['city'] },
    either: { anyOf: false, properties: ['city', 'lat'], required: [] },
  },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: three agent frameworks show a model three different schemas for one tool.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "three-frameworks-show-three-schemas-of-arguments: changed, or could not be run (see above)"; exit 1; }
