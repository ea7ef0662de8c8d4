#!/usr/bin/env bash
# A server answers logging/setLevel with the level it had before; both clients call the answer invalid.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by a reader of the MCP schema (an empty result is a Result, and a Result may have further members, as it may
# in every other answer): the member is kept or ignored.
# Seen 2026-11-29, Node 20.20: setLoggingLevel throws "Unrecognized key" in v1 and INVALID_RESULT in v2, after the server
# has changed the level; ping likewise. A further member in the result of tools/list is kept.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  ListToolsRequestSchema,
  PingRequestSchema,
  SetLevelRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Client as ClientV2 } from '@modelcontextprotocol/client';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

async function look(Client) {
  const server = new Server(me, { capabilities: { logging: {}, tools: {} } });
  server.setRequestHandler(SetLevelRequestSchema, () => ({ previousLevel: 'info' }));
  server.setRequestHandler(PingRequestSchema, () => ({ load: 0.5 }));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [], generatedAt: 'noon' }));
  const client = await link(server, new Client(me));
  const outcome = (answer, member) =>
    answer.then(
      () => 'taken',
      (error) => error.message.includes(member) && 'refused',
    );
  const setLevel = await outcome(client.setLoggingLevel('error'), 'previousLevel');
  return [setLevel, await outcome(client.ping(), 'load'), (await client.listTools()).generatedAt];
}

const seen = { v1: await look(ClientV1), v2: await look(ClientV2) };
const recorded = { v1: ['refused', 'refused', 'noon'], v2: ['refused', 'refused', 'noon'] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: both clients refuse an empty result with one further member and keep it in other results.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "acknowledgement-with-one-more-member-is-refused: changed, or could not be run (see above)"; exit 1; }
