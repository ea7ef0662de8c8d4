import { MCPServer } from 'mcp-use';
import { z } from 'zod';
import { port } from './common.mjs';

const server = new MCPServer({ name: 'mcp-use', version: '1.0.0' });
const inputSchema = z.object({ text: z.string() });
server.tool({ name: 'echo', description: 'Says it again.', inputSchema }, ({ text }) => ({
  content: [{ type: 'text', text }],
}));
await server.listen(port);
