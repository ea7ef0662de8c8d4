#!/usr/bin/env bash
# completable(z.string(), …).describe("A city") offers no completions; with describe() inside it does.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by "Wraps a Zod type to provide autocompletion capabilities" (completable of the SDK): a wrapped type stays
# one. In zod, describe() and min() may stand anywhere.
# Seen 2026-11-30, Node 20.20: the mark sits on one object, and every further method of zod makes another one. Nothing
# warns, and the answer is an empty list. optional() is the exception, the other way round in each SDK: v1 wants
# completable(z.string().optional(), …), v2 completable(z.string(), …).optional(), so that neither form survives a move
# to v2.
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
import { completable as completableV1 } from '@modelcontextprotocol/sdk/server/completable.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer as ServerV2, completable as completableV2 } from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { z } from 'zod';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };
const cities = (typed) => ['Oslo', 'Osaka'].filter((city) => city.startsWith(typed));

async function look(Server, Client, completable, argsOf) {
  const ask = async (city) => {
    const server = new Server(me);
    // A second argument that can always be completed, so that the server answers completion/complete at all.
    const shape = { city, country: completable(z.string(), () => ['Norway']) };
    server.registerPrompt('report', { argsSchema: argsOf(shape) }, () => ({ messages: [] }));
    const client = await link(server, new Client(me));
    const argument = { name: 'city', value: 'Os' };
    const ref = { type: 'ref/prompt', name: 'report' };
    return (await client.complete({ ref, argument })).completion.values.length;
  };
  return {
    'describe inside': await ask(completable(z.string().describe('A city'), cities)),
    'describe behind': await ask(completable(z.string(), cities).describe('A city')),
    'min inside': await ask(completable(z.string().min(1), cities)),
    'min behind': await ask(completable(z.string(), cities).min(1)),
    'default behind': await ask(completable(z.string(), cities).default('Oslo')),
    'optional inside': await ask(completable(z.string().optional(), cities)),
    'optional behind': await ask(completable(z.string(), cities).optional()),
  };
}

const seen = {
  v1: await look(ServerV1, ClientV1, completableV1, (shape) => shape),
  v2: await look(ServerV2, ClientV2, completableV2, (shape) => z.object(shape)),
};
const each = {
  'describe inside': 2,
  'describe behind': 0,
  'min inside': 2,
  'min behind': 0,
  'default behind': 0,
};
const recorded = {
  v1: { ...each, 'optional inside': 2, 'optional behind': 0 },
  v2: { ...each, 'optional inside': 0, 'optional behind': 2 },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a word of zod behind completable() loses the completions, and optional() has to stand inside in SDK v1, behind it in v2.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "completion-is-lost-behind-the-next-word: changed, or could not be run (see above)"; exit 1; }
