#!/usr/bin/env bash
# The list callback of a resource template may return nextCursor; the server keeps it for itself.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by the type of that callback, which returns a whole ListResourcesResult: its cursor reaches the client and
# comes back. And "Invalid cursors SHOULD result in an error with code -32602" (2026-07-28, Pagination).
# Seen 2026-11-30, Node 20.20: only the resources of the first answer are taken. The client is told that the list is
# complete, and who asks with a cursor of any kind gets the first page once more, since no cursor reaches the callback.
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
import {
  McpServer as ServerV1,
  ResourceTemplate as TemplateV1,
} from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import {
  McpServer as ServerV2,
  ResourceTemplate as TemplateV2,
} from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };
const city = (name) => ({ name, uri: `weather://${name}` });

async function look(Server, Client, Template) {
  const server = new Server(me);
  const list = async () => ({ resources: [city('oslo')], nextCursor: 'page-2' });
  server.registerResource('forecast', new Template('weather://{city}', { list }), {}, async () => ({
    contents: [],
  }));
  const client = await link(server, new Client(me));
  const first = await client.listResources();
  const second = await client.listResources({ cursor: 'page-2' });
  return [
    first.resources.map(({ name }) => name),
    'nextCursor' in first,
    second.resources.map(({ name }) => name),
  ];
}

const seen = {
  v1: await look(ServerV1, ClientV1, TemplateV1),
  v2: await look(ServerV2, ClientV2, TemplateV2),
};
const each = [['oslo'], false, ['oslo']];
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  "As recorded: a template's nextCursor is dropped, and any cursor is answered with the first page.",
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "second-page-of-a-template-is-never-listed: changed, or could not be run (see above)"; exit 1; }
