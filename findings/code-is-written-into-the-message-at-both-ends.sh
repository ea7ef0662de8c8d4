#!/usr/bin/env bash
# "No such city." thrown as McpError arrives as "MCP error -32602: MCP error -32602: No such city.".
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by who shows a protocol error to a person: the message is what the server said, the code stands in .code.
# Seen 2026-11-29, Node 20.20: McpError of v1 puts the code before its message when it is made, in the server (so on the
# wire) and again in the client. By server and client: v1-v1 twice, v1-v2 and v2-v1 once, v2-v2 not at all: three messages
# for one error.
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
import { Server as ServerV1 } from '@modelcontextprotocol/sdk/server/index.js';
import { GetPromptRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer as ServerV2, ProtocolError } from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

function serverV1() {
  const server = new ServerV1(me, { capabilities: { prompts: {} } });
  server.setRequestHandler(GetPromptRequestSchema, () => {
    throw new McpError(-32602, 'No such city.');
  });
  return server;
}
function serverV2() {
  const server = new ServerV2(me);
  server.registerPrompt('forecast', {}, () => {
    throw new ProtocolError(-32602, 'No such city.');
  });
  return server;
}
async function look(server, Client) {
  const client = await link(server, new Client(me));
  return client.getPrompt({ name: 'forecast' }).then(
    () => 'no error',
    (error) => error.message,
  );
}

const seen = [];
for (const server of [serverV1, serverV2])
  for (const Client of [ClientV1, ClientV2]) seen.push(await look(server(), Client));
const recorded = [
  'MCP error -32602: MCP error -32602: No such city.',
  'MCP error -32602: No such city.',
  'MCP error -32602: No such city.',
  'No such city.',
];

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: one protocol error has three messages, by the SDK versions of server and client.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "code-is-written-into-the-message-at-both-ends: changed, or could not be run (see above)"; exit 1; }
