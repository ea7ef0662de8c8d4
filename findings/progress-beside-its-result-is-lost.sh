#!/usr/bin/env bash
# Progress that arrives in one piece with the result is thrown away and reported as an unknown token.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by who fills a progress bar: notifications that stand before the result are handed over before it.
# Seen 2026-11-29, Node 20.20: over stdio, three notifications and the result written at once. Notifications are handled
# one tick later than results, the result takes the handler away, onprogress is never called, and onerror gets
# an error about an unknown token three times. With a pause before the result all three arrive.
# Clients of both SDKs alike. The bar of a quick tool stops short of its end.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';

writeFileSync(
  'server.mjs',
  `
import readline from "node:readline";
const say = (...messages) => process.stdout.write(messages.map((m) => JSON.stringify({ jsonrpc: "2.0", ...m }) + "\\n").join(""));
const hello = { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "look", version: "1.0.0" } };
let later;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === "initialize") say({ id, result: hello });
  if (method === "ping") say({ id, result: {} }, later);
  if (method !== "tools/call") return;
  const { progressToken } = params._meta;
  const progress = [1, 2, 3].map((n) => ({ method: "notifications/progress", params: { progressToken, progress: n, total: 3 } }));
  const result = { id, result: { content: [] } };
  if (params.name === "quick") return say(...progress, result);
  say(...progress);
  later = result;
});
`,
);
async function look(Client, Stdio, call) {
  const client = new Client({ name: 'look', version: '1.0.0' });
  let unknown = 0;
  client.onerror = (error) => (unknown += error.message.includes('unknown token') ? 1 : 0);
  await client.connect(new Stdio({ command: process.execPath, args: ['server.mjs'] }));
  const heard = { quick: [], slow: [] };
  for (const name of ['quick', 'slow']) {
    const onprogress = ({ progress, total }) => {
      heard[name].push(progress);
      if (progress === total) void client.ping(); // the slow tool answers when all its progress was heard
    };
    await call(client, { name }, { onprogress });
  }
  await client.close();
  return { ...heard, unknown };
}

const seen = {
  v1: await look(ClientV1, StdioV1, (client, params, options) =>
    client.callTool(params, undefined, options),
  ),
  v2: await look(ClientV2, StdioV2, (client, params, options) => client.callTool(params, options)),
};
const each = { quick: [], slow: [1, 2, 3], unknown: 3 };
const recorded = { v1: each, v2: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: progress that arrives together with its result never reaches onprogress.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "progress-beside-its-result-is-lost: changed, or could not be run (see above)"; exit 1; }
