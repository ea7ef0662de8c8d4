#!/usr/bin/env bash
# A server on SDK v2 answers with a pair of numbers; a client on v1 refuses every such answer.
#
# Packages: @modelcontextprotocol/server and client 2.4.0; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by who upgrades the server first: the listed schema names its dialect, so an older client reads it or ignores it.
# Seen 2026-11-29, Node 20.20: z.tuple becomes prefixItems with "items": false (JSON Schema 2020-12). Client v1 reads it as
# draft-07, where "items": false allows no element at all, and throws "boolean schema is false". Client v2 takes the pair.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { z } from 'zod';

const me = { name: 'look', version: '1.0.0' };
const handler = createMcpHandler(() => {
  const server = new McpServer(me);
  const outputSchema = z.object({ place: z.tuple([z.number(), z.number()]) });
  server.registerTool('where', { outputSchema }, async () => ({
    content: [],
    structuredContent: { place: [59.9, 10.7] },
  }));
  return server;
});
async function look(Client, Http) {
  const client = new Client(me);
  const fetch = (url, init) => handler.fetch(new Request(url, init));
  await client.connect(new Http(new URL('http://localhost/mcp'), { fetch }));
  await client.listTools();
  return client.callTool({ name: 'where' }).then(
    (result) => result.structuredContent.place,
    (error) => error.message.includes('boolean schema is false'),
  );
}

const seen = { v1: await look(ClientV1, HttpV1), v2: await look(ClientV2, HttpV2) };
const recorded = { v1: true, v2: [59.9, 10.7] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a tuple in the outputSchema of a v2 server is refused by client v1 and taken by client v2.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "pair-as-result-is-refused-by-the-older-client: changed, or could not be run (see above)"; exit 1; }
