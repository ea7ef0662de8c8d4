import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const [port, kind] = process.argv.slice(2);
const server = new FastMCP({ name: 'fastmcp', version: '1.0.0' });
const parameters = z.object({ text: z.string() });
server.addTool({ name: 'echo', parameters, execute: async ({ text }) => text });
await server.start({
  transportType: 'httpStream',
  httpStream: { port: Number(port), ...(kind === 'stateless' ? { stateless: true } : {}) },
});
