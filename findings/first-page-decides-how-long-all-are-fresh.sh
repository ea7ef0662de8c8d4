#!/usr/bin/env bash
# A second page with ttlMs 0 is served from the cache as long as the first page said.
#
# Packages: @modelcontextprotocol/server and client 2.4.0, node 2.1.2; zod 4.6.7.
# Expected, by "Each page response carries its own ttlMs value" and "When a cached page expires, the client SHOULD
# re-fetch that page using its cursor" (2026-07-28, Caching).
# Seen 2026-11-30, Node 20.20: listTools() of client v2 walks all pages and keeps them as one answer under the hints of
# the first. A tool that went from the second page, which said ttlMs 0, is listed for ten minutes more. listTools({
# cursor }) asks the server every time.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 \
  @modelcontextprotocol/node@2.1.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { Server, createMcpHandler } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const me = { name: 'look', version: '1.0.0' };
const tool = (name) => ({ name, inputSchema: { type: 'object' } });
let version = 1;
const asked = [];
const handler = createMcpHandler(() => {
  const server = new Server(me, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', ({ params }) => {
    asked.push(params?.cursor ?? 'first');
    if (params?.cursor === undefined) {
      return {
        tools: [tool('stable')],
        nextCursor: 'second',
        ttlMs: 600_000,
        cacheScope: 'private',
      };
    }
    return { tools: [tool(`changing_${version}`)], ttlMs: 0, cacheScope: 'private' };
  });
  return server;
});
const web = http.createServer(toNodeHandler(handler));
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const client = new Client(me, { versionNegotiation: { mode: 'auto' } });
await client.connect(
  new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${web.address().port}/mcp`)),
);
const names = async () => (await client.listTools()).tools.map(({ name }) => name);
const before = await names();
version = 2;
const after = await names();
const seen = { before, after, asked: [...asked] };
const page = await client.listTools({ cursor: 'second' });
seen.secondPageAlone = [page.tools[0].name, page.ttlMs];
const recorded = {
  before: ['stable', 'changing_1'],
  after: ['stable', 'changing_1'],
  asked: ['first', 'second'],
  secondPageAlone: ['changing_2', 0],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: client v2 keeps all pages of a list for as long as the first of them said.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "first-page-decides-how-long-all-are-fresh: changed, or could not be run (see above)"; exit 1; }
