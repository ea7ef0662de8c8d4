/** SDK v2: both revisions, or the later one only; with its Express app, or bare. */
import { createServer } from 'node:http';
import { createMcpExpressApp } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const [port, kind] = process.argv.slice(2);
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
if (kind === 'bare') {
  createServer((request, response) => handle(request, response)).listen(Number(port), '127.0.0.1');
} else {
  const app = createMcpExpressApp();
  app.all('/mcp', (request, response) => handle(request, response, request.body));
  app.listen(Number(port), '127.0.0.1');
}
