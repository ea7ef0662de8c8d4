/** SDK v2 in its Express app, with every fix of the table for the two. */
import {
  createMcpExpressApp,
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  requireBearerAuth,
} from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer, OAuthError } from '@modelcontextprotocol/server';
import express from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import { authorizationServer, origin, port, verifierThat } from '../servers/common.mjs';
import { askForToken, oneMessage, ownWords } from './express-parts.mjs';

const handle = toNodeHandler(
  createMcpHandler(() => {
    const server = new McpServer({ name: 'sdk-v2', version: '1.0.0' });
    const inputSchema = z.object({ text: z.string().max(100) });
    server.registerTool('echo', { description: 'Says it again.', inputSchema }, ({ text }) => ({
      content: [{ type: 'text', text }],
    }));
    return server;
  }),
);

const resourceServerUrl = new URL(`${origin}/mcp`);
const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resourceServerUrl);
const verifier = verifierThat(() => new OAuthError('invalid_token', 'It is none of ours.'));
// Its parser comes first in it, so that what has to be before that is around it.
const inner = createMcpExpressApp();
inner.disable('x-powered-by');
inner.all('/mcp', oneMessage, (request, response) => handle(request, response, request.body));
const app = express();
app.use(helmet());
app.use(mcpAuthMetadataRouter({ oauthMetadata: authorizationServer, resourceServerUrl }));
app.use(
  '/mcp',
  askForToken(resourceMetadataUrl, 'read'),
  requireBearerAuth({ verifier, resourceMetadataUrl, requiredScopes: ['read'] }),
);
app.use(inner, ownWords);
app.listen(port, '127.0.0.1');
