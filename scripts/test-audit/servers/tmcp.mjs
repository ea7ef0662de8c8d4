import { serve } from '@hono/node-server';
import { HttpTransport } from '@tmcp/transport-http';
import { McpServer } from 'tmcp';
import { port } from './common.mjs';

const server = new McpServer(
  { name: 'tmcp', version: '1.0.0', description: 'A server of the table.' },
  { capabilities: { tools: {} } },
);
server.tool({ name: 'nothing', description: 'Does nothing.' }, () => ({ content: [] }));
const transport = new HttpTransport(server, { path: '/mcp' });
const fetch = async (request) =>
  (await transport.respond(request)) ?? new Response(null, { status: 404 });
serve({ fetch, port, hostname: '127.0.0.1' });
