/** fastmcp with every fix of the table that it has a place for itself; the rest is for a proxy. */
import { FastMCP } from 'fastmcp';
import { z } from 'zod';
import { ISSUER, origin, port, TOKEN } from '../servers/common.mjs';

const metadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`;
const challenge = `Bearer resource_metadata="${metadataUrl}", scope="read"`;
const server = new FastMCP({
  name: 'fastmcp',
  version: '1.0.0',
  authenticate: async ({ headers }) => {
    if (headers.authorization === `Bearer ${TOKEN}`) return { id: 1 };
    const error = headers.authorization === undefined ? '' : ', error="invalid_token"';
    throw new Response(null, {
      status: 401,
      headers: { 'WWW-Authenticate': challenge + error },
    });
  },
  oauth: {
    enabled: true,
    protectedResource: { resource: `${origin}/mcp`, authorizationServers: [ISSUER] },
  },
});
const parameters = z.object({ text: z.string().max(100) });
server.addTool({ name: 'echo', parameters, execute: async ({ text }) => text });
await server.start({ transportType: 'httpStream', httpStream: { port, cors: false } });
