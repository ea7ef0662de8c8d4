#!/usr/bin/env bash
# An error result with details in structuredContent: client v2 hands it over, client v1 throws it away.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by an author who puts an error code where programs look: outputSchema describes successes, isError lifts it
# (so says the server, which lets the result pass).
# Seen 2026-11-29, Node 20.20: after tools/list, callTool of v1 throws -32602 "Structured content does not match the
# tool's output schema", and the text of the error is gone with it; callTool of v2 returns the result.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { z } from 'zod';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

async function look(Client) {
  const server = new McpServer(me);
  server.registerTool('forecast', { outputSchema: { celsius: z.number() } }, async () => ({
    isError: true,
    content: [{ type: 'text', text: 'No such city.' }],
    structuredContent: { code: 'UNKNOWN_CITY' },
  }));
  const client = await link(server, new Client(me));
  await client.listTools();
  return client.callTool({ name: 'forecast' }).then(
    (result) => result.content[0].text,
    (error) => error.code,
  );
}

const seen = { v1: await look(ClientV1), v2: await look(ClientV2) };
const recorded = { v1: -32602, v2: 'No such city.' };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: an error result with structured details is thrown away by client v1 and kept by client v2.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "details-of-an-error-are-refused-by-the-older-client: changed, or could not be run (see above)"; exit 1; }
