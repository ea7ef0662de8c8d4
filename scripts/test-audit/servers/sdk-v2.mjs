/** SDK v2: both revisions, or the later one only; in each of its apps, or bare. */
import { createServer } from 'node:http';
import { serve } from '@hono/node-server';
import {
  createMcpExpressApp,
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  requireBearerAuth,
} from '@modelcontextprotocol/express';
import { createMcpHonoApp } from '@modelcontextprotocol/hono';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer, OAuthError } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { authorizationServer, kind, origin, port, verifierThat } from './common.mjs';

const handler = createMcpHandler(
  () => {
    const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
    const inputSchema = z.object({ text: z.string() });
    server.registerTool('echo', { description: 'Says it again.', inputSchema }, ({ text }) => ({
      content: [{ type: 'text', text }],
    }));
    return server;
  },
  kind === 'modern' ? { legacy: 'reject' } : {},
);
const handle = toNodeHandler(handler);

const starts = {
  bare: () => createServer((request, response) => handle(request, response)),
  node: () => {
    const guards = [localhostHostValidation(), localhostOriginValidation()];
    return createServer((request, response) => {
      if (guards.every((isAllowed) => isAllowed(request, response))) void handle(request, response);
    });
  },
  both: withExpress,
  modern: withExpress,
  guarded: () => withExpress(() => new OAuthError('invalid_token', 'It is none of ours.')),
  throws: () => withExpress(() => new Error('signature verification failed')),
};

function withExpress(refusal) {
  const app = createMcpExpressApp();
  if (refusal) {
    const resourceServerUrl = new URL(`${origin}/mcp`);
    app.use(
      mcpAuthMetadataRouter({
        oauthMetadata: authorizationServer,
        resourceServerUrl,
      }),
    );
    const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resourceServerUrl);
    const verifier = verifierThat(refusal);
    app.use('/mcp', requireBearerAuth({ verifier, resourceMetadataUrl }));
  }
  app.all('/mcp', (request, response) => handle(request, response, request.body));
  return createServer(app);
}

if (kind === 'hono') {
  const app = createMcpHonoApp();
  app.all('/mcp', (context) =>
    handler.fetch(context.req.raw, { parsedBody: context.get('parsedBody') }),
  );
  serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
} else {
  starts[kind]().listen(port, '127.0.0.1');
}
