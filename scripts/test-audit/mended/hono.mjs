/** @hono/mcp with every fix of the table for Hono. */
import { StreamableHTTPTransport } from '@hono/mcp';
import { bearerAuth, simpleMcpAuthRouter } from '@hono/mcp/auth';
import { serve } from '@hono/node-server';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { ISSUER, origin, port, TOKEN } from '../servers/common.mjs';

const server = new McpServer({ name: 'hono', version: '1.0.0' });
server.registerTool('nothing', { description: 'Does nothing.' }, () => ({ content: [] }));
const transport = new StreamableHTTPTransport();

const SPOKEN = [undefined, '2025-11-25', '2025-06-18'];
const own = new URL(origin);
const metadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`;
const challenge = `Bearer resource_metadata="${metadataUrl}", scope="read"`;

const app = new Hono();
app.use(secureHeaders());
app.use(async ({ req, json }, next) => {
  const page = req.header('origin');
  const isOurs = req.header('host') === own.host && (page === undefined || page === origin);
  return isOurs ? next() : json({ error: 'not_ours' }, 403);
});
app.route(
  '/',
  simpleMcpAuthRouter({ issuer: ISSUER, resourceServerUrl: new URL(`${origin}/mcp`) }),
);
app.use('/mcp', async (context, next) => {
  if (context.req.header('authorization') !== undefined) return next();
  return context.json({ error: 'token_wanted' }, 401, { 'WWW-Authenticate': challenge });
});
app.use('/mcp', bearerAuth({ verifyToken: (token) => token === TOKEN }));
app.use('/mcp', bodyLimit({ maxSize: 1024 * 1024 }));
app.use('/mcp', async (context, next) => {
  const { req } = context;
  if (!SPOKEN.includes(req.header('mcp-protocol-version'))) {
    return context.json({ error: 'unknown_version' }, 400);
  }
  const body = req.method === 'POST' ? await req.json().catch(() => undefined) : undefined;
  if (Array.isArray(body)) return context.json({ error: 'one_message' }, 400);
  await next();
  // It sends the text `null` with it.
  if (context.res.status === 202) context.res = new Response(null, { status: 202 });
});
app.all('/mcp', async (context) => {
  if (!server.isConnected()) await server.connect(transport);
  return transport.handleRequest(context);
});
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
