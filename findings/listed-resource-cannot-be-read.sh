#!/usr/bin/env bash
# A resource registered as https://example.com is listed under that URI and cannot be read by it.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by a client that reads what it was shown: the URI of resources/list is good for resources/read.
# Seen 2026-11-29, Node 20.20: the server stores the URI as written and looks it up as new URL() spells it, with a slash
# after the host, without the default port, the host in small letters. Where the two differ, -32602 "not found", for the
# URI of the list and for every other spelling. weather://Oslo, with a scheme URL does not know, is left as it is.
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

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

async function look(Server, Client, uri) {
  const server = new Server(me);
  server.registerResource('forecast', uri, {}, async (url) => ({
    contents: [{ uri: url.href, text: 'sunny' }],
  }));
  const client = await link(server, new Client(me));
  const listed = (await client.listResources()).resources[0].uri;
  const read = await client.readResource({ uri: listed }).then(
    (result) => result.contents[0].text,
    (error) => error.code,
  );
  return [listed === uri, read];
}
const uris = [
  'https://example.com',
  'https://example.com:443/oslo',
  'https://Example.com/oslo',
  'https://example.com/',
  'weather://Oslo',
];
const lookAll = (Server, Client) => Promise.all(uris.map((uri) => look(Server, Client, uri)));

const seen = { v1: await lookAll(ServerV1, ClientV1), v2: await lookAll(ServerV2, ClientV2) };
const each = [
  [true, -32602],
  [true, -32602],
  [true, -32602],
  [true, 'sunny'],
  [true, 'sunny'],
];
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a resource whose URI new URL() would spell differently is listed and cannot be read.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "listed-resource-cannot-be-read: changed, or could not be run (see above)"; exit 1; }
