#!/usr/bin/env bash
# z.string().regex(/^oslo$/i) is listed as the pattern ^oslo$: "Oslo" passes the server and fails its reader.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by who wrote the flag: it survives, or the conversion refuses what JSON Schema cannot say (as it does for dates).
# Seen 2026-11-29, Node 20.20: the flag is dropped without a word in input and output schemas. "Oslo" passes the server's
# own check as an argument and as a result, and after tools/list callTool throws on the result: must match "^oslo$".
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
  const schema = z.object({ city: z.string().regex(/^oslo$/i) });
  server.registerTool('echo', { inputSchema: schema, outputSchema: schema }, async (args) => ({
    content: [],
    structuredContent: args,
  }));
  const client = await link(server, new Client(me));
  const call = () =>
    client.callTool({ name: 'echo', arguments: { city: 'Oslo' } }).then(
      (result) => result.structuredContent.city,
      () => 'thrown',
    );
  const before = await call();
  const tool = (await client.listTools()).tools[0];
  return [
    before,
    tool.inputSchema.properties.city.pattern,
    tool.outputSchema.properties.city.pattern,
    await call(),
  ];
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const each = ['Oslo', '^oslo$', '^oslo$', 'thrown'];
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: the flag i is lost in the listed pattern, so the client refuses what the server passed.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "pattern-loses-its-letter-i: changed, or could not be run (see above)"; exit 1; }
