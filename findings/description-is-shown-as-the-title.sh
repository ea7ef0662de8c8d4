#!/usr/bin/env bash
# A tool, prompt or resource of tmcp without a title is listed with its description as title.
#
# Packages: tmcp 1.20.0 with adapter-zod 0.1.7, transport-http 0.9.0; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by "If not provided, the name should be used for display (except for Tool, where annotations.title should be
# given precedence over using name, if present)" (schema of 2025-11-25, BaseMetadata).
# Seen 2026-11-30, Node 20.20: tmcp sends title: description. getDisplayName of the SDK, which keeps to that sentence,
# then gives the whole paragraph, and annotations.title is never shown.
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
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { getDisplayName } from '@modelcontextprotocol/sdk/shared/metadataUtils.js';
import { McpServer } from 'tmcp';
import { ZodJsonSchemaAdapter } from '@tmcp/adapter-zod';
import { HttpTransport } from '@tmcp/transport-http';

const me = { name: 'look', version: '1.0.0' };
const server = new McpServer(
  { ...me, description: 'A look' },
  { adapter: new ZodJsonSchemaAdapter(), capabilities: { tools: {}, resources: {}, prompts: {} } },
);
const description = 'Gives the weather of a city for the coming days. Call it once for each city.';
server.tool({ name: 'forecast', description }, async () => ({ content: [] }));
server.tool({ name: 'alerts', description, annotations: { title: 'Alerts' } }, async () => ({
  content: [],
}));
server.prompt({ name: 'report', description }, async () => ({ messages: [] }));
server.resource({ name: 'stations', description, uri: 'weather://stations' }, async () => ({
  contents: [],
}));
const http = new HttpTransport(server, { path: '/mcp' });
const client = new Client(me);
await client.connect(
  // No network: the client's fetch is answered by the server in this process.
  new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), {
    fetch: (url, init) => http.respond(new Request(url, init)),
  }),
);
const [forecast, alerts] = (await client.listTools()).tools;
const shown = {
  forecast,
  alerts,
  report: (await client.listPrompts()).prompts[0],
  stations: (await client.listResources()).resources[0],
};
const seen = {};
for (const [name, item] of Object.entries(shown)) {
  seen[name] = getDisplayName(item) === description ? 'the description' : getDisplayName(item);
}
const recorded = {
  forecast: 'the description',
  alerts: 'the description',
  report: 'the description',
  stations: 'the description',
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: what has no title in tmcp is shown by its description, and annotations.title is not used.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "description-is-shown-as-the-title: changed, or could not be run (see above)"; exit 1; }
