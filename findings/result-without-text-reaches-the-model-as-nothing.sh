#!/usr/bin/env bash
# A tool that answers in structuredContent alone: three agent frameworks hand the model an empty answer.
#
# Packages: @openai/agents 0.20.0; @ai-sdk/mcp 2.0.99 (asks for Node 22, runs on 20); @langchain/mcp-adapters 1.1.4 with
# @langchain/core 1.4.0 and @langchain/langgraph 1.7.3; @modelcontextprotocol/server 2.4.0 and node 2.1.2; zod 4.6.7.
# Expected, by who writes outputSchema and fills it: the model sees the answer (a text beside it is a SHOULD in MCP).
# Seen 2026-11-29, Node 20.20: nothing in @openai/agents, nothing in the AI SDK's toModelOutput, an empty content in
# LangChain (the object stands in the artifact, which programs see). The server of SDK v2 adds the text by itself if the
# result is an array, and not if it is an object.
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
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/node@2.1.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { z } from 'zod';
import {
  MCPServerStreamableHttp,
  RunContext,
  getAllMcpTools,
  setTracingDisabled,
} from '@openai/agents';
import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';

setTracingDisabled(true);
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'look', version: '1.0.0' });
  const object = async () => ({ content: [], structuredContent: { celsius: 4 } });
  const array = async () => ({ content: [], structuredContent: [4, 7] });
  server.registerTool('object', { outputSchema: z.object({ celsius: z.number() }) }, object);
  server.registerTool('array', { outputSchema: z.array(z.number()) }, array);
  return server;
});
const web = http.createServer(toNodeHandler(handler));
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${web.address().port}/mcp`;

const server = new MCPServerStreamableHttp({ url, name: 'weather' });
await server.connect();
const openai = await getAllMcpTools([server]);
const ai = await (await createMCPClient({ transport: { type: 'http', url } })).tools();
const langchain = await new MultiServerMCPClient({
  mcpServers: { weather: { url, transport: 'http' } },
}).getTools();
const text = (parts) => [parts].flat().map((part) => part.text ?? part);
const ask = {
  openai: async (name) =>
    text(await openai.find((tool) => tool.name === name).invoke(new RunContext({}), '{}')),
  ai: async (name) => {
    const output = await ai[name].execute({}, { toolCallId: '1', messages: [] });
    return text((await ai[name].toModelOutput({ toolCallId: '1', input: {}, output })).value);
  },
  langchain: async (name) => {
    const tool = langchain.find((found) => found.name === name);
    return text((await tool.invoke({ type: 'tool_call', id: '1', name, args: {} })).content);
  },
};
const seen = {};
for (const [framework, answer] of Object.entries(ask)) {
  const array = JSON.stringify(await answer('array'));
  seen[framework] = { object: await answer('object'), array: array.includes('[4,7]') };
}
const each = { object: [], array: true };
const recorded = { openai: each, ai: each, langchain: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  "As recorded: an object in structuredContent without a text reaches no model, an array does by SDK v2's own text.",
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "result-without-text-reaches-the-model-as-nothing: changed, or could not be run (see above)"; exit 1; }
