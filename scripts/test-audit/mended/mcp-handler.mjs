/** mcp-handler under Hono, with every fix of the table for it. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { createMcpHandler, generateProtectedResourceMetadata, withMcpAuth } from 'mcp-handler';
import { z } from 'zod';
import { ISSUER, known, origin, port } from '../servers/common.mjs';

const handler = createMcpHandler((server) => {
  const inputSchema = z.object({ text: z.string().max(100) });
  server.registerTool('echo', { description: 'Says it again.', inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
});
const path = '/.well-known/oauth-protected-resource/api/mcp';
const guarded = withMcpAuth(handler, (_request, token) => known(token), {
  required: true,
  requiredScopes: ['read'],
  resourceMetadataPath: path,
  resourceUrl: origin,
});
const document = generateProtectedResourceMetadata({
  authServerUrls: [ISSUER],
  resourceUrl: `${origin}/api/mcp`,
});
const challenge = `Bearer resource_metadata="${origin}${path}", scope="read"`;

const own = new URL(origin);
const app = new Hono();
app.use(secureHeaders());
app.use(async ({ req, json }, next) => {
  const page = req.header('origin');
  const isOurs = req.header('host') === own.host && (page === undefined || page === origin);
  return isOurs ? next() : json({ error: 'not_ours' }, 403);
});
app.get(path, (context) => context.json(document));
app.use('/api/mcp', async (context, next) => {
  if (context.req.header('authorization') !== undefined) return next();
  return context.json({ error: 'token_wanted' }, 401, { 'WWW-Authenticate': challenge });
});
app.use('/api/mcp', bodyLimit({ maxSize: 1024 * 1024 }));
app.on(['GET', 'POST'], '/api/mcp', async ({ req, json }) => {
  const text = await req.raw.clone().text();
  return /^\s*\[/.test(text) ? json({ error: 'one_message' }, 400) : guarded(req.raw);
});
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
