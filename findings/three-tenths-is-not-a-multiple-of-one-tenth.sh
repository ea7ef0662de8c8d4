#!/usr/bin/env bash
# z.number().multipleOf(0.1): 0.3 passes the server and is refused by the client of the same SDK.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by an author of temperatures with one decimal: both ends agree on what a tenth is.
# Seen 2026-11-29, Node 20.20: zod allows for the rounding of decimal fractions, the Ajv of both clients divides and finds
# 2.9999999999999996. 0.2 passes at both ends, 0.3 makes callTool throw "must be multiple of 0.1".
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
  const schema = z.object({ celsius: z.number().multipleOf(0.1) });
  server.registerTool('round', { inputSchema: schema, outputSchema: schema }, async (args) => ({
    content: [],
    structuredContent: args,
  }));
  const client = await link(server, new Client(me));
  await client.listTools();
  const call = (celsius) =>
    client.callTool({ name: 'round', arguments: { celsius } }).then(
      (result) => result.structuredContent.celsius,
      () => 'thrown',
    );
  return [await call(0.2), await call(0.3)];
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const recorded = { v1: [0.2, 'thrown'], v2: [0.2, 'thrown'] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log('As recorded: 0.3 is a multiple of 0.1 to the server and none to the client.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "three-tenths-is-not-a-multiple-of-one-tenth: changed, or could not be run (see above)"; exit 1; }
