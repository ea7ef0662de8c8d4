/** For tests: a server from the SDK alone, as its examples are built, with its own OAuth router. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthServerProvider } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { OAuthClientInformationFull } from '@modelcontextprotocol/sdk/shared/auth.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';

export interface SdkServer {
  url: URL;
  token: string;
  close(): void;
}

/** Agrees at once, like the provider of the SDK's demonstration. */
function demoProvider(token: string): OAuthServerProvider {
  const clients = new Map<string, OAuthClientInformationFull>();
  const tokens = { access_token: token, token_type: 'bearer' };
  return {
    clientsStore: {
      getClient: (id) => clients.get(id),
      registerClient(client) {
        const full = client as OAuthClientInformationFull;
        clients.set(full.client_id, full);
        return full;
      },
    },
    async authorize(_client, { redirectUri, state }, response) {
      const target = new URL(redirectUri);
      target.searchParams.set('code', randomUUID());
      if (state !== undefined) target.searchParams.set('state', state);
      response.redirect(target.href);
    },
    challengeForAuthorizationCode: async () => 'a challenge',
    exchangeAuthorizationCode: async () => tokens,
    exchangeRefreshToken: async () => tokens,
    async verifyAccessToken(sent) {
      if (sent !== token) throw new InvalidTokenError('This token is not known.');
      const expiresAt = Math.floor(Date.now() / 1000) + 600;
      return { token, clientId: 'demo', scopes: ['weather:read'], expiresAt };
    },
  };
}

/** With sessions, as in `simpleStreamableHttp.ts`. */
export async function serveSdk(): Promise<SdkServer> {
  const token = randomUUID() + randomUUID();
  const provider = demoProvider(token);
  const app = express();
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  app.use(mcpAuthRouter({ provider, issuerUrl: new URL(url.origin), resourceServerUrl: url }));
  app.use(mcpRoutes(url, provider));
  return {
    url,
    token,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function mcpRoutes(url: URL, verifier: OAuthServerProvider) {
  const app = createMcpExpressApp();
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(url);
  app.use('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl }));
  app.all('/mcp', async (request, response) => {
    const known = sessions.get(String(request.headers['mcp-session-id']));
    if (known) {
      await known.handleRequest(request, response, request.body);
      return;
    }
    if (!isInitializeRequest(request.body)) {
      const error = { code: -32_000, message: 'Bad Request: No valid session ID provided' };
      response.status(400).json({ jsonrpc: '2.0', error, id: null });
      return;
    }
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    const server = new McpServer({ name: 'weather', version: '1.0.0' });
    server.registerTool('get_weather', {}, () => ({ content: [] }));
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  return app;
}
