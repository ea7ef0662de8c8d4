import { StreamableHTTPTransport } from '@hono/mcp';
import { serve } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';

const app = new Hono();
const server = new McpServer({ name: 'hono', version: '1.0.0' });
server.registerTool('nothing', { description: 'Does nothing.' }, () => ({ content: [] }));
const transport = new StreamableHTTPTransport();
app.all('/mcp', async (context) => {
  if (!server.isConnected()) await server.connect(transport);
  return transport.handleRequest(context);
});
serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' });
