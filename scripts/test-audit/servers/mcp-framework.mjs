/** mcp-framework: open, or with one of its two providers of authorization. */
import { JWTAuthProvider, MCPServer, MCPTool, OAuthAuthProvider } from 'mcp-framework';
import { ISSUER, kind, origin, port } from './common.mjs';

class NothingTool extends MCPTool {
  name = 'nothing';
  description = 'Does nothing.';
  schema = {};
  async execute() {
    return '';
  }
}

const providers = {
  jwt: () => new JWTAuthProvider({ secret: 'of-the-table' }),
  oauth: () =>
    new OAuthAuthProvider({
      authorizationServers: [ISSUER],
      resource: `${origin}/mcp`,
      validation: {
        type: 'jwt',
        jwksUri: `${ISSUER}jwks`,
        audience: `${origin}/mcp`,
        issuer: ISSUER,
      },
    }),
};
const provider = providers[kind]?.();
const server = new MCPServer({
  name: 'mcp-framework',
  version: '1.0.0',
  transport: {
    type: 'http-stream',
    options: { port },
    ...(provider ? { auth: { provider } } : {}),
  },
});
server.addTool(NothingTool);
await server.start();
