#!/usr/bin/env bash
# The SDK's list of supported versions, and its latest one, do not name the revision that its own handler serves.
#
# Packages: @modelcontextprotocol/server 2.4.0; zod 4.6.7.
# Expected, by whoever writes LATEST_PROTOCOL_VERSION into an error, a document or a check of the version header: what
# createMcpHandler answers is in SUPPORTED_PROTOCOL_VERSIONS, and the newest of it is the latest.
# Seen 2026-11-29, Node 20.20: createMcpHandler answers server/discover and tools/list of 2026-07-28 with 200, and
# discovery names that revision; LATEST_PROTOCOL_VERSION is 2025-11-25, and the list holds only that and older ones.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/server@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import {
  createMcpHandler,
  LATEST_PROTOCOL_VERSION,
  McpServer,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

const NEWEST = '2026-07-28';
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'look', version: '1.0.0' });
  server.registerTool('echo', { inputSchema: z.object({ text: z.string() }) }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
});
async function ask(method) {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': NEWEST,
    'io.modelcontextprotocol/clientInfo': { name: 'look', version: '1.0.0' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const request = new Request('http://127.0.0.1/mcp', {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': NEWEST,
      'mcp-method': method,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { _meta: meta } }),
  });
  const response = await handler.fetch(request);
  return { status: response.status, text: await response.text() };
}
const discovered = await ask('server/discover');
const listed = await ask('tools/list');
const seen = {
  served: [discovered.status, listed.status],
  discoveryNamesIt: discovered.text.includes(NEWEST),
  latest: LATEST_PROTOCOL_VERSION,
  listHoldsIt: SUPPORTED_PROTOCOL_VERSIONS.includes(NEWEST),
};
const recorded = {
  served: [200, 200],
  discoveryNamesIt: true,
  latest: '2025-11-25',
  listHoldsIt: false,
};
if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  console.log(discovered.text.slice(0, 400));
  process.exit(1);
}
console.log('As recorded: the latest version, by name, is older than the one that is served.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "latest-version-is-not-the-one-that-is-served: changed, or could not be run (see above)"; exit 1; }
