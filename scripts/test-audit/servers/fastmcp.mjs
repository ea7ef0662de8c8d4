/** FastMCP (TypeScript): with sessions or without, open or with its `authenticate`, with documents or none. */
import { FastMCP } from 'fastmcp';
import { z } from 'zod';
import { ISSUER, kind, origin, port, TOKEN } from './common.mjs';

/** As its README has it: whoever is unknown gets a Response. */
const authenticate = async ({ headers }) => {
  if (headers.authorization === `Bearer ${TOKEN}`) return { id: 1 };
  throw new Response(null, { status: 401, statusText: 'Unauthorized' });
};
const documents = {
  enabled: true,
  protectedResource: { resource: `${origin}/mcp`, authorizationServers: [ISSUER] },
};
const forms = {
  authenticate: { authenticate },
  documents: { authenticate, oauth: documents },
};

const server = new FastMCP({ name: 'fastmcp', version: '1.0.0', ...forms[kind] });
const parameters = z.object({ text: z.string() });
server.addTool({ name: 'echo', parameters, execute: async ({ text }) => text });
await server.start({
  transportType: 'httpStream',
  httpStream: { port, ...(kind === 'stateless' ? { stateless: true } : {}) },
});
