#!/usr/bin/env bash
# z.record() as an argument of a FastMCP tool is listed as an object that may have no members.
#
# Packages: fastmcp 4.20.16; @modelcontextprotocol/sdk 1.32.2; ajv 8.20.0; zod 4.6.7.
# Expected, by JSON Schema of z.record(z.string(), z.string()), which is additionalProperties: { type: "string" }, and
# "inputSchema: JSON Schema defining expected parameters" (2025-11-25, Tools).
# Seen 2026-11-30, Node 20.20: additionalProperties is overwritten with false in every object of the listed schema: a
# record has no possible member, an open object is closed. The server takes what its list forbids, so a model that
# follows the list sends {}.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  fastmcp@4.20.16 \
  @modelcontextprotocol/sdk@1.32.2 \
  ajv@8.20.0 \
  zod@4.6.7 > npm.log
cat > server.mjs <<'JS'
import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const server = new FastMCP({ name: 'look', version: '1.0.0' });
server.addTool({
  name: 'tag',
  parameters: z.object({
    labels: z.record(z.string(), z.string()),
    open: z.looseObject({ city: z.string() }),
  }),
  execute: async (args) => JSON.stringify(args),
});
await server.start({ transportType: 'stdio' });
JS
cat > look.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import Ajv from 'ajv';

const client = new Client({ name: 'look', version: '1.0.0' });
await client.connect(new StdioClientTransport({ command: 'node', args: ['server.mjs'] }));
const listed = (await client.listTools()).tools[0].inputSchema;
const args = { labels: { colour: 'blue' }, open: { city: 'Oslo', more: 1 } };
const conforms = new Ajv({ strict: false }).compile(listed);
const seen = {
  labels: listed.properties.labels,
  open: listed.properties.open.additionalProperties,
  'as listed': conforms(args),
  'as served': (await client.callTool({ name: 'tag', arguments: args })).content[0].text,
};
const recorded = {
  labels: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: false },
  open: false,
  'as listed': false,
  'as served': JSON.stringify(args),
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: fastmcp lists a record as an object without members, and takes one with members.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "record-argument-is-listed-as-an-empty-object: changed, or could not be run (see above)"; exit 1; }
