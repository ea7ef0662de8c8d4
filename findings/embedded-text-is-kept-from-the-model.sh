#!/usr/bin/env bash
# A tool answers with a text file as an embedded resource: LangChain's model never sees it, the AI SDK's sees it as JSON.
#
# Packages: @langchain/mcp-adapters 1.1.4 with @langchain/core 1.4.0 and @langchain/langgraph 1.7.3; @ai-sdk/mcp 2.0.99
# (asks for Node 22, runs on 20); @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by who returns a report as { type: "resource", resource: { text } }: it is text for the model like any other.
# Seen 2026-11-29, Node 20.20: the adapter of LangChain moves it into the artifact, and of the answer only the text beside
# it is left; the AI SDK writes the whole content block into a text part. A sound of the same answer becomes Base64 letters in
# a text part of the AI SDK, to be read and paid for as text, while an image becomes a file.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @langchain/mcp-adapters@1.1.4 \
  @langchain/core@1.4.0 \
  @langchain/langgraph@1.7.3 \
  @ai-sdk/mcp@2.0.99 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
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

const content = [
  { type: 'text', text: 'See the report.' },
  {
    type: 'resource',
    resource: { uri: 'weather://report', mimeType: 'text/plain', text: 'Storm at noon.' },
  },
  { type: 'audio', mimeType: 'audio/wav', data: 'UklGRg==' },
];
const url = await serve([{ name: 'report', inputSchema: { type: 'object' } }], {
  report: { content },
});

const [langchain] = await new MultiServerMCPClient({
  mcpServers: { weather: { url, transport: 'http' } },
}).getTools();
const message = await langchain.invoke({ type: 'tool_call', id: '1', name: 'report', args: {} });
const { report } = await (await createMCPClient({ transport: { type: 'http', url } })).tools();
const output = await report.execute({}, { toolCallId: '1', messages: [] });
const shown = (await report.toModelOutput({ toolCallId: '1', input: {}, output })).value;
const holds = (value, words) => JSON.stringify(value).includes(words);
const seen = {
  langchain: {
    model: holds(message.content, 'Storm at noon.'),
    artifact: holds(message.artifact, 'Storm at noon.'),
  },
  ai: {
    parts: shown.map((part) => part.type),
    resource: JSON.parse(shown[1].text).type,
    sound: holds(shown[2].text, 'UklGRg=='),
  },
};
const recorded = {
  langchain: { model: false, artifact: true },
  ai: { parts: ['text', 'text', 'text'], resource: 'resource', sound: true },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  "As recorded: embedded text is kept from LangChain's model and given to the AI SDK's as JSON.",
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "embedded-text-is-kept-from-the-model: changed, or could not be run (see above)"; exit 1; }
