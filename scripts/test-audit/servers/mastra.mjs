import { createServer } from 'node:http';
import { createTool } from '@mastra/core/tools';
import { MCPServer } from '@mastra/mcp';
import { z } from 'zod';
import { origin, port } from './common.mjs';

const echo = createTool({
  id: 'echo',
  description: 'Says it again.',
  inputSchema: z.object({ text: z.string() }),
  execute: async ({ text }) => text,
});
const server = new MCPServer({ id: 'mastra', name: 'mastra', version: '1.0.0', tools: { echo } });
createServer((req, res) =>
  server.startHTTP({ url: new URL(req.url, origin), httpPath: '/mcp', req, res }),
).listen(port, '127.0.0.1');
