/** @hono/mcp: open, or with its bearer guard and the router of its documents. */
import { StreamableHTTPTransport } from '@hono/mcp';
import { bearerAuth, simpleMcpAuthRouter } from '@hono/mcp/auth';
import { serve } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';
import { ISSUER, kind, origin, port, TOKEN } from './common.mjs';

const app = new Hono();
const server = new McpServer({ name: 'hono', version: '1.0.0' });
server.registerTool('nothing', { description: 'Does nothing.' }, () => ({ content: [] }));
const transport = new StreamableHTTPTransport();
if (kind === 'guarded') {
  app.route(
    '/',
    simpleMcpAuthRouter({ issuer: ISSUER, resourceServerUrl: new URL(`${origin}/mcp`) }),
  );
  app.use('/mcp', bearerAuth({ verifyToken: (token) => token === TOKEN }));
}
app.all('/mcp', async (context) => {
  if (!server.isConnected()) await server.connect(transport);
  return transport.handleRequest(context);
});
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
