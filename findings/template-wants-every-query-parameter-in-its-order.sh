#!/usr/bin/env bash
# weather://{city}{?units,lang} matches only a URI that has both parameters, units first.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by a reader of RFC 6570, where an undefined variable is left out: weather://Oslo, weather://Oslo?units=c and
# the two parameters in either order reach the template.
# Seen 2026-11-29, Node 20.20: the template's own expand() leaves out what is undefined, and the URI that comes of it is
# then "not found". Both SDKs alike.
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
  const template = new Template('weather://{city}{?units,lang}', { list: undefined });
  server.registerResource('weather', template, {}, async (url) => ({
    contents: [{ uri: url.href, text: 'sunny' }],
  }));
  const client = await link(server, new Client(me));
  const expanded = template.uriTemplate.expand({ city: 'Oslo', units: 'c' });
  const uris = [
    'weather://Oslo?units=c&lang=no',
    expanded,
    'weather://Oslo',
    'weather://Oslo?lang=no&units=c',
  ];
  const read = (uri) =>
    client.readResource({ uri }).then(
      (result) => result.contents[0].text,
      (error) => error.code,
    );
  return { expanded, read: await Promise.all(uris.map(read)) };
}

const seen = {
  v1: await look(ServerV1, ClientV1, TemplateV1),
  v2: await look(ServerV2, ClientV2, TemplateV2),
};
const each = { expanded: 'weather://Oslo?units=c', read: ['sunny', -32602, -32602, -32602] };
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a resource template with two query parameters matches only both of them, in its order.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "template-wants-every-query-parameter-in-its-order: changed, or could not be run (see above)"; exit 1; }
