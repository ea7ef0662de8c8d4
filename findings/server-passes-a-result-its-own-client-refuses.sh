#!/usr/bin/env bash
# A result that the server has held against its outputSchema is refused by the client of the same SDK.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by whoever shares one zod schema: if the server's check passes, the client's passes too.
# Seen 2026-11-29, Node 20.20: zod takes a member it does not know and fills in a default, and its parsed value is then
# thrown away: the handler's own object is sent. The listed schema says "additionalProperties": false and calls the
# member with a default required. So callTool throws, and only after the client has listed the tools: before, it passes.
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

async function look(Server, Client) {
  const server = new Server(me);
  const outputSchema = z.object({ celsius: z.number(), unit: z.string().default('C') });
  const answers = { more: { celsius: 4, unit: 'C', wind: 7 }, fewer: { celsius: 4 } };
  for (const [name, structuredContent] of Object.entries(answers)) {
    server.registerTool(name, { outputSchema }, async () => ({ content: [], structuredContent }));
  }
  const client = await link(server, new Client(me));
  const outcome = (name) =>
    client.callTool({ name }).then(
      (result) => (result.isError ? 'error result' : 'result'),
      () => 'thrown',
    );
  const before = [await outcome('more'), await outcome('fewer')];
  await client.listTools();
  return { before, after: [await outcome('more'), await outcome('fewer')] };
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const each = { before: ['result', 'result'], after: ['thrown', 'thrown'] };
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  "As recorded: an unknown member or a missing default passes the server's output check and fails the client's.",
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "server-passes-a-result-its-own-client-refuses: changed, or could not be run (see above)"; exit 1; }
