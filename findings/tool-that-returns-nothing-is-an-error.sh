#!/usr/bin/env bash
# A tool of Mastra's server that runs and returns nothing ends in a protocol error.
#
# Packages: @mastra/mcp 2.0.0 with @mastra/core 1.71.0; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by who writes a tool for its effect alone: content is an empty list, or a text; the execution has succeeded.
# A text has "text: string" (schema of 2025-11-25, TextContent).
# Seen 2026-11-30, Node 20.20: MCPServer turns the answer of execute() into a text by JSON.stringify, which gives no
# text for undefined, and the result fails its own check: -32602, as if the caller had asked wrongly, after the tool has
# run. null becomes the text "null".
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @mastra/mcp@2.0.0 \
  @mastra/core@1.71.0 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { MCPServer } from '@mastra/mcp';
import { createTool } from '@mastra/core/tools';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';

const me = { name: 'look', version: '1.0.0' };
const ran = [];
const tool = (id, answer) =>
  createTool({
    id,
    description: id,
    inputSchema: z.object({}),
    execute: async () => {
      ran.push(id);
      return answer;
    },
  });
const tools = {
  words: tool('words', 'done'),
  empty: tool('empty', null),
  nothing: tool('nothing'),
};
const server = new MCPServer({ ...me, id: 'look', tools });
const web = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  return server.startHTTP({ url, httpPath: '/mcp', req: request, res: response });
});
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const url = new URL(`http://127.0.0.1:${web.address().port}/mcp`);
const client = new Client(me, { versionNegotiation: { mode: 'auto' } });
await client.connect(new StreamableHTTPClientTransport(url));
const seen = {};
for (const name of Object.keys(tools)) {
  seen[name] = await client.callTool({ name }).then(
    ({ content }) => content[0].text,
    ({ code }) => code,
  );
}
seen.ran = ran.join();
const recorded = { words: 'done', empty: 'null', nothing: -32602, ran: 'words,empty,nothing' };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  "As recorded: a tool of Mastra's server that returns nothing runs and is answered with -32602.",
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "tool-that-returns-nothing-is-an-error: changed, or could not be run (see above)"; exit 1; }
