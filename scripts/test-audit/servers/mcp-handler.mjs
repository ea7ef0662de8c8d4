/** mcp-handler under Hono, as any framework with Fetch mounts it: open, or behind its guard. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createMcpHandler, protectedResourceHandler, withMcpAuth } from 'mcp-handler';
import { z } from 'zod';
import { ISSUER, kind, known, port } from './common.mjs';

const handler = createMcpHandler((server) => {
  const inputSchema = z.object({ text: z.string() });
  server.registerTool('echo', { description: 'Says it again.', inputSchema }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
});

const app = new Hono();
if (kind === 'guarded') {
  const describe = protectedResourceHandler({ authServerUrls: [ISSUER] });
  for (const path of ['', '/api/mcp']) {
    app.get(`/.well-known/oauth-protected-resource${path}`, ({ req }) => describe(req.raw));
  }
}
const guarded = withMcpAuth(handler, (_request, token) => known(token), { required: true });
const mounted = kind === 'guarded' ? guarded : handler;
app.on(['GET', 'POST'], '/api/mcp', ({ req }) => mounted(req.raw));
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
