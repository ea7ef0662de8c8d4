#!/usr/bin/env bash
# An argument with a default is listed as required by tmcp, and can be left out.
#
# Packages: tmcp 1.20.0 with adapter-zod 0.1.7, transport-http 0.9.0; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by who writes .default(3): it may be left out. zod says so of its input, and the SDK lists it so.
# Seen 2026-11-30, Node 20.20: the adapter of tmcp converts the schema as zod describes its output, in which a default
# is always there. A client that goes by the list asks the user, or makes a model invent a value; a call without it
# works and gets the default.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  tmcp@1.20.0 \
  @tmcp/adapter-zod@0.1.7 \
  @tmcp/transport-http@0.9.0 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { McpServer as ServerV1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from 'tmcp';
import { ZodJsonSchemaAdapter } from '@tmcp/adapter-zod';
import { HttpTransport } from '@tmcp/transport-http';
import { z } from 'zod';

const me = { name: 'look', version: '1.0.0' };
const schema = z.object({ city: z.string(), days: z.number().default(3) });
const run = async (args) => ({ content: [{ type: 'text', text: JSON.stringify(args) }] });

const tmcp = new McpServer(
  { ...me, description: 'A look' },
  { adapter: new ZodJsonSchemaAdapter(), capabilities: { tools: {} } },
);
tmcp.tool({ name: 'forecast', description: 'The forecast', schema }, run);
const http = new HttpTransport(tmcp, { path: '/mcp' });
const sdk = new ServerV1(me);
sdk.registerTool('forecast', { inputSchema: schema }, run);
const [near, far] = InMemoryTransport.createLinkedPair();
await sdk.connect(far);
const transports = {
  // No network: the client's fetch is answered by the server in this process.
  tmcp: new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), {
    fetch: (url, init) => http.respond(new Request(url, init)),
  }),
  sdk: near,
};
const seen = {};
for (const [name, transport] of Object.entries(transports)) {
  const client = new Client(me);
  await client.connect(transport);
  const [tool] = (await client.listTools()).tools;
  const result = await client.callTool({ name: 'forecast', arguments: { city: 'Oslo' } });
  seen[name] = { required: tool.inputSchema.required, withoutDays: result.content[0].text };
}
const withoutDays = '{"city":"Oslo","days":3}';
const recorded = {
  tmcp: { required: ['city', 'days'], withoutDays },
  sdk: { required: ['city'], withoutDays },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: tmcp lists an argument with a default as required, and the SDK does not.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "default-makes-an-argument-required: changed, or could not be run (see above)"; exit 1; }
