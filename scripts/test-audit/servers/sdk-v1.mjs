/** SDK v1 behind Express: with the app of the SDK, or with one's own; with a token, or without. */
import { randomUUID } from 'node:crypto';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { z } from 'zod';
import { authorizationServer, kind, origin, port, verifierThat } from './common.mjs';

function newServer() {
  const server = new McpServer({ name: 'sdk-v1', version: '1.0.0' });
  const inputSchema = { text: z.string() };
  server.registerTool('echo', { description: 'Says it again.', inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
}

const app = kind === 'own' ? express().use(express.json()) : createMcpExpressApp();
const metadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`;
const refusal = {
  guarded: () => new InvalidTokenError('It is none of ours.'),
  throws: () => new Error('signature verification failed'),
}[kind];
if (refusal) {
  app.use(
    mcpAuthMetadataRouter({
      oauthMetadata: authorizationServer,
      resourceServerUrl: new URL(`${origin}/mcp`),
    }),
  );
  const verifier = verifierThat(refusal);
  app.use('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl: metadataUrl }));
}

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
app.listen(port, '127.0.0.1');
