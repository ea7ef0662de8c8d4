#!/usr/bin/env bash
# One tool, one array as result: under 2025-11-25 a client gets { "result": [...] }, under 2026-07-28 the array.
#
# Packages: @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by the author of a program that reads structuredContent: its shape is the server's choice, not the handshake's.
# Seen 2026-11-29, Node 20.20: client v2 in its default mode gets an object with one member, the same client with
# versionNegotiation "auto" the bare array; the listed outputSchema is wrapped in the same way. Code that reads the one
# finds nothing in the other, on the day a client or a proxy in between begins to negotiate.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';

const me = { name: 'look', version: '1.0.0' };
const handler = createMcpHandler(() => {
  const server = new McpServer(me);
  server.registerTool('days', { outputSchema: z.array(z.number()) }, async () => ({
    content: [],
    structuredContent: [4, 7],
  }));
  return server;
});
async function look(options) {
  const client = new Client(me, options);
  const fetch = (url, init) => handler.fetch(new Request(url, init));
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), { fetch }),
  );
  const listed = (await client.listTools()).tools[0].outputSchema.type;
  return { listed, structuredContent: (await client.callTool({ name: 'days' })).structuredContent };
}

const seen = {
  byDefault: await look({}),
  negotiated: await look({ versionNegotiation: { mode: 'auto' } }),
};
const recorded = {
  byDefault: { listed: 'object', structuredContent: { result: [4, 7] } },
  negotiated: { listed: 'array', structuredContent: [4, 7] },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: an array result is { result: [...] } under 2025-11-25 and the bare array under 2026-07-28.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "array-result-changes-shape-with-the-revision: changed, or could not be run (see above)"; exit 1; }
