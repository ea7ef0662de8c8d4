/** SDK v1 behind Express, with every fix of the table for the two. */
import { randomUUID } from 'node:crypto';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import { authorizationServer, origin, port, verifierThat } from '../servers/common.mjs';
import { askForToken, oneMessage, ownOnly, ownWords } from './express-parts.mjs';

function newServer() {
  const server = new McpServer({ name: 'sdk-v1', version: '1.0.0' });
  const inputSchema = { text: z.string().max(100) };
  server.registerTool('echo', { description: 'Says it again.', inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
}

const resourceMetadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`;
const resourceServerUrl = new URL(`${origin}/mcp`);
const verifier = verifierThat(() => new InvalidTokenError('It is none of ours.'));
const app = express();
app.use(helmet(), ownOnly);
app.use(mcpAuthMetadataRouter({ oauthMetadata: authorizationServer, resourceServerUrl }));
app.use(
  '/mcp',
  askForToken(resourceMetadataUrl, 'read'),
  requireBearerAuth({ verifier, resourceMetadataUrl, requiredScopes: ['read'] }),
  express.json(),
  oneMessage,
);
const sessions = new Map();
app.all('/mcp', async (request, response) => {
  const known = sessions.get(request.headers['mcp-session-id']);
  if (known) return known.handleRequest(request, response, request.body);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => sessions.set(id, transport),
    onsessionclosed: (id) => sessions.delete(id),
  });
  await newServer().connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.use(ownWords);
app.listen(port, '127.0.0.1');
