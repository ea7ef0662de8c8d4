#!/usr/bin/env bash
# The title of a prompt argument is sent, and listPrompts() of both SDKs returns the argument without it.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0, node 2.1.2; @ai-sdk/mcp
# 2.0.99; zod 4.6.7.
# Expected, by "interface PromptArgument extends BaseMetadata" (schema of 2025-11-25 and 2026-07-28), whose title is
# "Intended for UI and end-user contexts". A form for the user is made of these arguments.
# Seen 2026-11-30, Node 20.20: both clients read an argument as name, description and required and drop the rest, in
# either revision. The title of the prompt itself is kept. The AI SDK keeps both.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  @modelcontextprotocol/node@2.1.2 \
  @ai-sdk/mcp@2.0.99 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server, createMcpHandler } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { createMCPClient } from '@ai-sdk/mcp';

const me = { name: 'look', version: '1.0.0' };
const city = { name: 'city', title: 'City', description: 'Where', required: true };
const handler = createMcpHandler(() => {
  const server = new Server(me, { capabilities: { prompts: {} } });
  server.setRequestHandler('prompts/list', () => ({
    prompts: [{ name: 'report', title: 'Report', arguments: [city] }],
  }));
  return server;
});
const web = http.createServer(toNodeHandler(handler));
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const url = new URL(`http://127.0.0.1:${web.address().port}/mcp`);

async function ofSdk(Client, Http, options) {
  const client = new Client(me, options);
  await client.connect(new Http(url));
  return client.listPrompts();
}
const ai = await createMCPClient({ transport: { type: 'http', url: url.href } });
const lists = {
  v1: await ofSdk(ClientV1, HttpV1),
  v2: await ofSdk(ClientV2, HttpV2),
  'v2, 2026-07-28': await ofSdk(ClientV2, HttpV2, { versionNegotiation: { mode: 'auto' } }),
  ai: await ai.experimental_listPrompts(),
};
const seen = {};
for (const [client, { prompts }] of Object.entries(lists)) {
  const [prompt] = prompts;
  seen[client] = [prompt.title ?? null, prompt.arguments[0].title ?? null];
}
const recorded = {
  v1: ['Report', null],
  v2: ['Report', null],
  'v2, 2026-07-28': ['Report', null],
  ai: ['Report', 'City'],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: both SDK clients drop the title of a prompt argument, and the AI SDK keeps it.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "title-of-a-prompt-argument-is-thrown-away: changed, or could not be run (see above)"; exit 1; }
