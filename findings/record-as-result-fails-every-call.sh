#!/usr/bin/env bash
# A tool of SDK v1 whose outputSchema is a record fails at each call, with an inner message.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by whoever answers "celsius by city": the schema is listed (a record is an object), and valid results pass.
# Seen 2026-11-29, Node 20.20: v1 registers the tool, lists it without an outputSchema, and turns each valid result into
# the error result "Cannot read properties of undefined (reading '_zod')". v2 lists the schema and returns the result.
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
  const outputSchema = z.record(z.string(), z.number());
  server.registerTool('celsius', { outputSchema }, async () => ({
    content: [],
    structuredContent: { Oslo: 4 },
  }));
  const client = await link(server, new Client(me));
  const listed = 'outputSchema' in (await client.listTools()).tools[0];
  const result = await client.callTool({ name: 'celsius' });
  return { listed, answer: result.isError ? result.content[0].text : result.structuredContent };
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const recorded = {
  v1: { listed: false, answer: "Cannot read properties of undefined (reading '_zod')" },
  v2: { listed: true, answer: { Oslo: 4 } },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log('As recorded: a record as outputSchema fails every call in SDK v1 and works in v2.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "record-as-result-fails-every-call: changed, or could not be run (see above)"; exit 1; }
