/** Better Auth with its MCP plugin in front of SDK v2: guarded without options, or told its resource. */
import { serve } from '@hono/node-server';
import { mcp, requireMcpAuth } from '@better-auth/mcp';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { jwt } from 'better-auth/plugins';
import { Hono } from 'hono';
import { kind, origin, port } from './common.mjs';

const resource = `${origin}/mcp`;
const tables = ['user', 'session', 'account', 'verification', 'jwks', 'rateLimit'];
const ofOAuth = ['Client', 'RefreshToken', 'AccessToken', 'Consent', 'Resource', 'ClientResource'];
const names = [...tables, ...ofOAuth.map((name) => `oauth${name}`)];
const auth = betterAuth({
  baseURL: origin,
  secret: 'of-the-table-and-of-nothing-else-123',
  database: memoryAdapter(Object.fromEntries(names.map((name) => [name, []]))),
  logger: { disabled: true },
  plugins: [
    jwt(),
    mcp({
      loginPage: '/login',
      consentPage: '/consent',
      resource,
      allowDynamicClientRegistration: true,
      allowUnauthenticatedClientRegistration: true,
    }),
  ],
});

const handler = createMcpHandler(() => new McpServer({ name: 'better', version: '1.0.0' }), {
  legacy: 'reject',
});
const forms = { resource: [{ resource }], mended: [{ resource, challengeScopes: ['openid'] }] };
const options = forms[kind] ?? [];
const guarded = requireMcpAuth(auth, (request) => handler.fetch(request), ...options);
const app = new Hono();
app.all('/mcp', ({ req }) => guarded(req.raw));
app.all('*', ({ req }) => auth.handler(req.raw));
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
