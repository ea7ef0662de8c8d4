#!/usr/bin/env bash
# A z.date() of zod 3 is listed as a date-time string, and every such string is refused.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; zod 3.25.76.
# Expected, by a client that reads the list: a value that fits the listed schema gets past validation.
# Seen 2026-11-29, Node 20.20: listed as { "type": "string", "format": "date-time" }; a call with
# "2026-11-29T00:00:00.000Z" is an error, "Expected date, received string". JSON has nothing else to send.
# (With zod 4 the same tool cannot be listed: one-date-argument-hides-every-tool.sh.)
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@3.25.76 > npm.log
cat > look.mjs <<'JS'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { z } from 'zod';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

const server = new McpServer(me);
server.registerTool('history', { inputSchema: { day: z.date() } }, async () => ({ content: [] }));
const client = await link(server, new Client(me));
const listed = (await client.listTools()).tools[0].inputSchema.properties.day;
const call = await client.callTool({
  name: 'history',
  arguments: { day: '2026-11-29T00:00:00.000Z' },
});

const seen = {
  type: listed.type,
  format: listed.format,
  isError: call.isError,
  saysDate: call.content[0]?.text.includes('Expected date, received string'),
};
const recorded = { type: 'string', format: 'date-time', isError: true, saysDate: true };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: with zod 3 a date argument is listed as a string, and the string is refused.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "zod-3-date-is-listed-and-cannot-be-sent: changed, or could not be run (see above)"; exit 1; }
