#!/usr/bin/env bash
# A tool whose arguments are a union is listed by SDK v1 as one that takes none.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7, zod 3.25.76.
# Expected, by an author of "a city, or a latitude and longitude": anyOf in the list, or a refusal to register.
# Seen 2026-11-29, Node 20.20: v1 lists { "type": "object", "properties": {} } for a union, a discriminated union, an
# intersection and, with zod 3 only, for an object with refine(); calls are then held against the real schema, so the
# model that obeys the list is refused. v2 lists the union as anyOf.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 \
  zod3@npm:zod@3.25.76 > npm.log
cat > look.mjs <<'JS'
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer as ServerV2 } from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { z as z3 } from 'zod3';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

async function look(Server, Client, inputSchema) {
  const server = new Server(me);
  server.registerTool('forecast', { inputSchema }, async () => ({ content: [] }));
  const client = await link(server, new Client(me));
  const { $schema, ...listed } = (await client.listTools()).tools[0].inputSchema;
  const obedient = await client.callTool({ name: 'forecast', arguments: {} });
  return {
    listed: Object.keys(listed).sort(),
    properties: Object.keys(listed.properties ?? {}),
    obedientCallFails: obedient.isError === true,
  };
}
const city = z.object({ city: z.string() });
const place = z.object({ lat: z.number(), lon: z.number() });
const byKind = z.discriminatedUnion('by', [
  city.extend({ by: z.literal('city') }),
  place.extend({ by: z.literal('place') }),
]);
const refined3 = z3.object({ city: z3.string() }).refine(() => true);
const refined4 = city.refine(() => true);

const seen = {
  union: await look(ServerV1, ClientV1, z.union([city, place])),
  discriminated: await look(ServerV1, ClientV1, byKind),
  intersection: await look(ServerV1, ClientV1, city.and(place)),
  refinedZod3: await look(ServerV1, ClientV1, refined3),
  refinedZod4: await look(ServerV1, ClientV1, refined4),
  unionV2: await look(ServerV2, ClientV2, z.union([city, place])),
};
const none = { listed: ['properties', 'type'], properties: [], obedientCallFails: true };
const recorded = {
  union: none,
  discriminated: none,
  intersection: none,
  refinedZod3: none,
  refinedZod4: {
    listed: ['properties', 'required', 'type'],
    properties: ['city'],
    obedientCallFails: true,
  },
  unionV2: { listed: ['anyOf', 'type'], properties: [], obedientCallFails: true },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: SDK v1 lists a union of arguments as no arguments and refuses the call without any; v2 lists it.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "union-of-arguments-is-listed-as-no-arguments: changed, or could not be run (see above)"; exit 1; }
