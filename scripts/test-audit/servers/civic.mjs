/** @civic/auth-mcp in front of SDK v1, with a provider of its own on this machine instead of Civic's. */
import { createServer } from 'node:http';
import { auth } from '@civic/auth-mcp';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { port } from './common.mjs';

const provider = createServer((request, response) => {
  const issuer = `http://${request.headers.host}`;
  const documents = {
    '/.well-known/openid-configuration': {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    },
    '/jwks': { keys: [] },
  };
  const document = documents[request.url];
  response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(document ?? {}));
});
await new Promise((resolve) => provider.listen(0, '127.0.0.1', resolve));

const app = express().use(express.json());
const at = `http://127.0.0.1:${provider.address().port}`;
app.use(await auth({ wellKnownUrl: `${at}/.well-known/openid-configuration` }));
app.post('/mcp', async (request, response) => {
  const server = new McpServer({ name: 'civic', version: '1.0.0' });
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(port);
