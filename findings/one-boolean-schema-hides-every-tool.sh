#!/usr/bin/env bash
# One property whose schema is true makes client v1 refuse the whole list of a v2 server.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by "A JSON Schema MUST be an object or a boolean" (JSON Schema 2020-12 Core, section 4.3): true is the
# schema of anything, and generators write it so.
# Seen 2026-11-30, Node 20.20: server v2 lists { extra: true } under 2025-11-25 as well, whose schema wants an object
# there. Client v1 refuses the list with all its tools, though a call works; client v2 takes it. { extra: {} } means the
# same and passes both.
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
import { McpServer, fromJsonSchema } from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';

const me = { name: 'look', version: '1.0.0' };
async function look(Client, anything) {
  const server = new McpServer(me);
  server.registerTool('now', {}, async () => ({ content: [] }));
  const schema = { type: 'object', properties: { city: { type: 'string' }, extra: anything } };
  const echo = async (args) => ({ content: [{ type: 'text', text: JSON.stringify(args) }] });
  server.registerTool('forecast', { inputSchema: fromJsonSchema(schema) }, echo);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client(me);
  await client.connect(near);
  const args = { city: 'Oslo', extra: [1] };
  const called = await client.callTool({ name: 'forecast', arguments: args });
  const listed = await client.listTools().then(
    ({ tools }) => tools.length,
    () => 'refused',
  );
  return [called.content[0].text === JSON.stringify(args), listed];
}
const seen = {
  'true, v1': await look(ClientV1, true),
  'true, v2': await look(ClientV2, true),
  '{}, v1': await look(ClientV1, {}),
};
const recorded = { 'true, v1': [true, 'refused'], 'true, v2': [true, 2], '{}, v1': [true, 2] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: client v1 refuses a list of tools in which one property has the schema true.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "one-boolean-schema-hides-every-tool: changed, or could not be run (see above)"; exit 1; }
