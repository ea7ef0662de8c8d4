#!/usr/bin/env bash
# FastMCP answers logging/setLevel, and sends every message as before.
#
# Packages: fastmcp 4.20.16; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by "The server should send all logs at this level and higher (i.e., more severe) to the client" (schema of
# 2025-11-25, SetLevelRequestParams).
# Seen 2026-11-30, Node 20.20: after setLevel("error") the client still gets log.debug() of a tool. FastMCP puts a
# handler of its own in place of that of the SDK, keeps the level, and never looks at it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  fastmcp@4.20.16 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > server.mjs <<'JS'
import { FastMCP } from 'fastmcp';

const server = new FastMCP({ name: 'look', version: '1.0.0' });
server.addTool({
  name: 'work',
  execute: async (_, { log }) => {
    log.debug('detail');
    log.error('trouble');
    return 'done';
  },
});
await server.start({ transportType: 'stdio' });
JS
cat > look.mjs <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const client = new Client({ name: 'look', version: '1.0.0' });
const levels = [];
client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
  levels.push(params.level);
});
await client.connect(new StdioClientTransport({ command: 'node', args: ['server.mjs'] }));
const acknowledged = await client.setLoggingLevel('error');
await client.callTool({ name: 'work' });
await wait(500);
const seen = { acknowledged, levels };
const recorded = { acknowledged: {}, levels: ['debug', 'error'] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log('As recorded: fastmcp acknowledges a log level and sends lower ones all the same.');
process.exit(0);
JS
timeout 150 node look.mjs || { echo "log-level-is-acknowledged-and-not-heeded: changed, or could not be run (see above)"; exit 1; }
