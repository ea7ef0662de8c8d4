#!/usr/bin/env bash
# Client v2 says -32602 for the -32002 that a server sent, if the error names the URI.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by "Resource not found: -32002" (2025-11-25, Resources), whose example has data: { uri }, and by the comment
# on ProtocolErrorCode.ResourceNotFound (-32002) in client v2: "stays importable so clients can recognise -32002 from
# peers built on earlier SDK releases".
# Seen 2026-11-30, Node 20.20: client v2 makes a ResourceNotFoundError of it, whose code is -32602, so that a comparison
# with ProtocolErrorCode.ResourceNotFound fails for an error in the form of the specification. Without data the code is
# left as it was sent. instanceof sees the first only.
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
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { McpError, ReadResourceRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { Client as ClientV2, ProtocolErrorCode } from '@modelcontextprotocol/client';

const me = { name: 'look', version: '1.0.0' };
async function look(Client, data) {
  const server = new Server(me, { capabilities: { resources: {} } });
  server.setRequestHandler(ReadResourceRequestSchema, () => {
    throw new McpError(-32002, 'Resource not found', data);
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client(me);
  await client.connect(near);
  return client.readResource({ uri: 'weather://atlantis' }).then(
    () => 'read',
    ({ code }) => [code, code === ProtocolErrorCode.ResourceNotFound],
  );
}
const uri = { uri: 'weather://atlantis' };
const seen = {
  'v1, with its URI': await look(ClientV1, uri),
  'v2, with its URI': await look(ClientV2, uri),
  'v2, without data': await look(ClientV2),
};
const recorded = {
  'v1, with its URI': [-32002, true],
  'v2, with its URI': [-32602, false],
  'v2, without data': [-32002, true],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: client v2 changes -32002 into -32602 if the error has the URI, and leaves it without.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "not-found-changes-its-code-with-its-data: changed, or could not be run (see above)"; exit 1; }
