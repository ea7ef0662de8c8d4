#!/usr/bin/env bash
# A resource or a prompt that was once renamed by update() is listed for ever, and remove() does nothing.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/server and client 2.4.0; zod 4.6.7.
# Expected, by who calls the remove() that registering returned: it removes, as it does before any update().
# Seen 2026-11-30, Node 20.20: update() and remove() delete the entry under the name that was registered first. After
# update({ name }) or update({ uri }) that entry is gone, and the renamed one stays and can be called. In SDK v1 this
# goes for tools, resources, templates and prompts; in server v2 for all but tools.
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
import {
  McpServer as ServerV1,
  ResourceTemplate as TemplateV1,
} from '@modelcontextprotocol/sdk/server/mcp.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import {
  McpServer as ServerV2,
  ResourceTemplate as TemplateV2,
} from '@modelcontextprotocol/server';
import { Client as ClientV2 } from '@modelcontextprotocol/client';

async function link(server, client) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return client;
}
const me = { name: 'look', version: '1.0.0' };
const nothing = async () => ({ content: [], contents: [], messages: [] });

async function look(Server, Client, Template) {
  const server = new Server(me);
  // Something that stays, so that the lists are never empty for another reason.
  server.registerTool('stays', {}, nothing);
  server.registerResource('stays', 'weather://stays', {}, nothing);
  server.registerPrompt('stays', {}, nothing);
  const tool = server.registerTool('old', {}, nothing);
  const resource = server.registerResource('oslo', 'weather://old', {}, nothing);
  const template = server.registerResource(
    'old',
    new Template('old://{city}', { list: undefined }),
    {},
    nothing,
  );
  const prompt = server.registerPrompt('old', {}, nothing);
  const client = await link(server, new Client(me));
  const lists = async () => ({
    tool: (await client.listTools()).tools.map(({ name }) => name).join(),
    resource: (await client.listResources()).resources.map(({ uri }) => uri).join(),
    template: (await client.listResourceTemplates()).resourceTemplates
      .map(({ name }) => name)
      .join(),
    prompt: (await client.listPrompts()).prompts.map(({ name }) => name).join(),
  });
  tool.update({ name: 'new' });
  resource.update({ uri: 'weather://new' });
  template.update({ name: 'new' });
  prompt.update({ name: 'new' });
  const renamed = await lists();
  for (const registered of [tool, resource, template, prompt]) registered.remove();
  const removed = await lists();
  return Object.fromEntries(
    Object.keys(renamed).map((kind) => [kind, [renamed[kind], removed[kind]]]),
  );
}

const seen = {
  v1: await look(ServerV1, ClientV1, TemplateV1),
  v2: await look(ServerV2, ClientV2, TemplateV2),
};
const v1 = {
  tool: ['stays,new', 'stays,new'],
  resource: ['weather://stays,weather://new', 'weather://stays,weather://new'],
  template: ['new', 'new'],
  prompt: ['stays,new', 'stays,new'],
};
const recorded = { v1, v2: { ...v1, tool: ['stays,new', 'stays'] } };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: what was renamed cannot be removed any more: everything in SDK v1, all but tools in server v2.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "renamed-resource-cannot-be-removed: changed, or could not be run (see above)"; exit 1; }
