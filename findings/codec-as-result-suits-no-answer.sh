#!/usr/bin/env bash
# A tool whose outputSchema has a z.codec() cannot answer: one form is refused by its server, the other by its client.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by "Servers MUST provide structured results that conform to this schema" and "Clients SHOULD validate
# structured results against this schema" (2025-11-25, Tools): some value does both.
# Seen 2026-11-30, Node 20.20: the schema is listed as its output, a number, and the result is checked as its input, a
# string. The string passes the server and fails the client after tools/list; the number fails the server. A pipe with a
# transform does the same. As an argument the codec works.
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

const me = { name: 'look', version: '1.0.0' };
const amount = z.codec(z.string(), z.number(), { decode: Number, encode: String });

async function look(Server, Client) {
  const server = new Server(me);
  const answer = (value) => async () => ({ content: [], structuredContent: { amount: value } });
  const outputSchema = z.object({ amount });
  server.registerTool('encoded', { outputSchema }, answer('5'));
  server.registerTool('decoded', { outputSchema }, answer(5));
  server.registerTool('taken', { inputSchema: z.object({ amount }) }, async (args) => ({
    content: [{ type: 'text', text: typeof args.amount }],
  }));
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client(me);
  await client.connect(near);
  const tools = (await client.listTools()).tools;
  const call = (name, args) =>
    client.callTool({ name, arguments: args }).then(
      ({ isError, structuredContent, content }) =>
        isError ? 'refused by the server' : (structuredContent?.amount ?? content[0].text),
      () => 'refused by the client',
    );
  return {
    listed: tools[0].outputSchema.properties.amount.type,
    encoded: await call('encoded'),
    decoded: await call('decoded'),
    'as an argument': await call('taken', { amount: '5' }),
  };
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const each = {
  listed: 'number',
  encoded: 'refused by the client',
  decoded: 'refused by the server',
  'as an argument': 'number',
};
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: of a codec in outputSchema one form is refused by the server and the other by the client.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "codec-as-result-suits-no-answer: changed, or could not be run (see above)"; exit 1; }
