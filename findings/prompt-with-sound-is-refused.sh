#!/usr/bin/env bash
# A prompt with one audio message is refused by the AI SDK as a whole.
#
# Packages: @ai-sdk/mcp 2.0.99; @modelcontextprotocol/sdk 1.32.2; zod 4.6.7.
# Expected, by "Audio content allows including audio information in messages" (2025-11-25, Prompts).
# Seen 2026-11-30, Node 20.20: its schema of a prompt message knows text, images, embedded resources and links. One
# recording, and none of the messages is returned: "Failed to parse server response". From a tool the same content is
# taken, and SDK v1 takes it in the prompt.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @ai-sdk/mcp@2.0.99 \
  @modelcontextprotocol/sdk@1.32.2 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createMCPClient } from '@ai-sdk/mcp';

const me = { name: 'look', version: '1.0.0' };
const contents = {
  text: { type: 'text', text: 'What does this say?' },
  audio: { type: 'audio', data: 'UklGRg==', mimeType: 'audio/wav' },
};
// A server of SDK v1 that answers each POST by itself. The prompt "voice" is a question and a recording.
const web = http.createServer(async (request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end();
  const server = new McpServer(me);
  const messages = Object.values(contents).map((content) => ({ role: 'user', content }));
  server.registerPrompt('voice', {}, () => ({ messages }));
  server.registerPrompt('question', {}, () => ({ messages: messages.slice(0, 1) }));
  server.registerTool('voice', {}, () => ({ content: Object.values(contents) }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const url = new URL(`http://127.0.0.1:${web.address().port}/mcp`);

const sdk = new Client(me);
await sdk.connect(new StreamableHTTPClientTransport(url));
const ai = await createMCPClient({ transport: { type: 'http', url: url.href } });
const types = (items) => items.map(({ content, type }) => content?.type ?? type).join();
const ask = (name) =>
  ai.experimental_getPrompt({ name }).then(
    ({ messages }) => types(messages),
    (error) => error.message,
  );
const { voice } = await ai.tools();
const seen = {
  sdk: types((await sdk.getPrompt({ name: 'voice' })).messages),
  ai: await ask('voice'),
  'ai, without sound': await ask('question'),
  'ai, from a tool': types((await voice.execute({}, { toolCallId: '1', messages: [] })).content),
};
const recorded = {
  sdk: 'text,audio',
  ai: 'Failed to parse server response',
  'ai, without sound': 'text',
  'ai, from a tool': 'text,audio',
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: the AI SDK refuses a prompt with an audio message, and takes audio from a tool.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "prompt-with-sound-is-refused: changed, or could not be run (see above)"; exit 1; }
