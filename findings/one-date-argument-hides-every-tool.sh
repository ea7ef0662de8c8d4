#!/usr/bin/env bash
# One tool with a z.date() argument, and tools/list fails for all tools.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by whoever adds a second tool: registerTool refuses a schema it cannot list, or the list leaves that tool out.
# Seen 2026-11-29, Node 20.20: registration succeeds, the other tool can be called, and tools/list answers -32603
# "Date cannot be represented in JSON Schema", so that no client learns of the other tool either. Both SDKs alike.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer as ServerV2 } from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { z } from 'zod';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };
const message = (error) => error.message;

async function look(Server, Client) {
  const server = new Server(me);
  const answer = async () => ({ content: [{ type: 'text', text: 'sunny' }] });
  server.registerTool('forecast', { inputSchema: z.object({ city: z.string() }) }, answer);
  server.registerTool('history', { inputSchema: z.object({ day: z.date() }) }, answer);
  const client = await link(server, new Client(me));
  const call = await client.callTool({ name: 'forecast', arguments: { city: 'Oslo' } });
  const list = await client.listTools().then(
    (result) => result.tools.map((tool) => tool.name),
    (error) => error.code,
  );
  return { call: call.content[0].text, list };
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const recorded = { v1: { call: 'sunny', list: -32603 }, v2: { call: 'sunny', list: -32603 } };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: in SDK v1 and v2 a tool with a date argument makes tools/list fail for every tool.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "one-date-argument-hides-every-tool: changed, or could not be run (see above)"; exit 1; }
