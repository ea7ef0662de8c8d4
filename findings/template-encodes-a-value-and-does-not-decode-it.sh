#!/usr/bin/env bash
# A resource template encodes "São Paulo" on the way out and hands "S%C3%A3o%20Paulo" to its own callback.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by the author of a callback: expand() and match() of one template undo each other.
# Seen 2026-11-29, Node 20.20: variables arrive percent-encoded, and so a lookup by city name, an allow list or a length
# limit sees other letters than tools see for the same city. Both SDKs alike; decoding is the callback's work.
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

async function look(Server, Client, Template) {
  const server = new Server(me);
  const template = new Template('weather://city/{city}', { list: undefined });
  server.registerResource('weather', template, {}, async (url, { city }) => ({
    contents: [{ uri: url.href, text: city }],
  }));
  const client = await link(server, new Client(me));
  const uri = template.uriTemplate.expand({ city: 'São Paulo' });
  return [uri, (await client.readResource({ uri })).contents[0].text];
}

const seen = {
  v1: await look(ServerV1, ClientV1, TemplateV1),
  v2: await look(ServerV2, ClientV2, TemplateV2),
};
const each = ['weather://city/S%C3%A3o%20Paulo', 'S%C3%A3o%20Paulo'];
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log('As recorded: a resource template hands its callback the percent-encoded value.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "template-encodes-a-value-and-does-not-decode-it: changed, or could not be run (see above)"; exit 1; }
