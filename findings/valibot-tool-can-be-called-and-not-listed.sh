#!/usr/bin/env bash
# SDK v2 takes a valibot schema, validates calls with it, and fails at tools/list.
#
# Packages: @modelcontextprotocol/server and client 2.4.0; valibot 1.5.0; arktype 2.2.10.
# Expected, by a reader of the SDK's types, which name valibot beside zod and ArkType: what registers can be listed, or it
# does not register.
# Seen 2026-11-29, Node 20.20: registerTool succeeds, calls are validated, tools/list answers -32603 (valibot does not
# implement the JSON Schema half of Standard Schema). ArkType works in all three.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  valibot@1.5.0 \
  arktype@2.2.10 > npm.log
cat > look.mjs <<'JS'
import { McpServer, InMemoryTransport } from '@modelcontextprotocol/server';
import { Client } from '@modelcontextprotocol/client';
import * as v from 'valibot';
import { type } from 'arktype';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

async function look(inputSchema) {
  const server = new McpServer(me);
  server.registerTool('echo', { inputSchema }, async ({ city }) => ({
    content: [{ type: 'text', text: city }],
  }));
  const client = await link(server, new Client(me));
  const right = await client.callTool({ name: 'echo', arguments: { city: 'Oslo' } });
  const wrong = await client.callTool({ name: 'echo', arguments: { city: 5 } });
  const list = await client.listTools().then(
    (result) => Object.keys(result.tools[0].inputSchema.properties),
    (error) => error.code,
  );
  return [right.content[0].text, wrong.isError === true, list];
}

const seen = {
  valibot: await look(v.object({ city: v.string() })),
  arktype: await look(type({ city: 'string' })),
};
const recorded = { valibot: ['Oslo', true, -32603], arktype: ['Oslo', true, ['city']] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a tool with a valibot schema validates its calls and makes tools/list fail.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "valibot-tool-can-be-called-and-not-listed: changed, or could not be run (see above)"; exit 1; }
