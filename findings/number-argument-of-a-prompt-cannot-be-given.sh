#!/usr/bin/env bash
# A prompt with a z.number() argument is listed, and no value for it is ever accepted.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by who has written tools before: arguments of prompts are validated as arguments of tools are, or registering
# says that prompts take strings.
# Seen 2026-11-29, Node 20.20: prompts/list shows a required argument without a type. "3" is refused by the schema
# (-32602, expected number), 3 by the protocol, whose prompt arguments are strings (-32603). z.coerce.number() works.
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
import { z } from 'zod';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };

async function look(Server, Client) {
  const server = new Server(me);
  const callback = ({ days }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `Next ${days} days` } }],
  });
  const shapes = { plain: { days: z.number() }, coerced: { days: z.coerce.number() } };
  for (const [name, argsSchema] of Object.entries(shapes))
    server.registerPrompt(name, { argsSchema }, callback);
  const client = await link(server, new Client(me));
  const get = (name, days) =>
    client.getPrompt({ name, arguments: { days } }).then(
      (result) => result.messages[0].content.text,
      (error) => error.code,
    );
  const listed = (await client.listPrompts()).prompts[0].arguments;
  return {
    listed,
    plain: [await get('plain', '3'), await get('plain', 3)],
    coerced: await get('coerced', '3'),
  };
}

const seen = { v1: await look(ServerV1, ClientV1), v2: await look(ServerV2, ClientV2) };
const each = {
  listed: [{ name: 'days', required: true }],
  plain: [-32602, -32603],
  coerced: 'Next 3 days',
};
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a number argument of a prompt is listed, and neither "3" nor 3 is accepted for it.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "number-argument-of-a-prompt-cannot-be-given: changed, or could not be run (see above)"; exit 1; }
