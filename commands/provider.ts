/**
 * `npm run provider [-- --port N] [--resource URI]`: a real OpenID provider on this machine, for
 * `npm run serve -- … --issuer` (topic 19). Anybody may sign in there, under any name; it keeps
 * nothing, and its key is new at each start.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration } from 'oidc-provider';
import { weatherServerConfig } from '../exercises/weather-server/config.ts';
import { CommandProblem, readCommandLine, refuse, refuseWords } from '../shared/command-line.ts';

const USAGE = `Usage: npm run provider [-- --port 3002] [--resource http://127.0.0.1:3001/mcp]
  --resource   the server that its tokens are for, as npm run serve prints it`;
const TOKEN_LIFETIME_S = 600;
const ALGORITHM = 'ES256';

interface ProviderOptions {
  port: number;
  resource: URL;
}

const { port, resource } = readCommandLine(
  USAGE,
  {
    port: { type: 'string', default: '3002' },
    resource: { type: 'string', default: 'http://127.0.0.1:3001/mcp' },
  },
  (values, words): ProviderOptions => {
    refuseWords(words);
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`“${values.port}” is not a port.`);
    }
    return { port, resource: new URL(values.resource) };
  },
);
const issuer = `http://127.0.0.1:${port}`;

async function describeProvider(): Promise<Configuration> {
  const { scopesSupported } = weatherServerConfig(resource.origin);
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: ALGORITHM, use: 'sig' };
  return {
    jwks: { keys: [key] as NonNullable<Configuration['jwks']>['keys'] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    // Every scope of every resource, and offline_access, without which there are no refresh tokens.
    scopes: ['openid', 'offline_access', ...scopesSupported],
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
    clientDefaults: { id_token_signed_response_alg: ALGORITHM, token_endpoint_auth_method: 'none' },
    ttl: {
      AccessToken: TOKEN_LIFETIME_S,
      Grant: 86_400,
      IdToken: 600,
      Interaction: 600,
      Session: 86_400,
    },
    features: {
      // Its own pages, where any name and any password will do.
      devInteractions: { enabled: true },
      registration: { enabled: true },
      // Without a resource in the request a token is opaque, and for nobody.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopesSupported.join(' '),
          audience: resource.href,
          accessTokenTTL: TOKEN_LIFETIME_S,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: ALGORITHM } },
        }),
      },
    },
  };
}

/** The package is there for this command and for tests only. */
const { default: Provider } = await import('oidc-provider').catch(() =>
  refuse(
    new CommandProblem(
      'The package oidc-provider is not installed; npm ci without --omit=dev brings it. Any other provider will do as well: lesson 19 says what it needs switched on.',
    ),
    USAGE,
  ),
);
const provider = new Provider(issuer, await describeProvider());
const server = createServer(provider.callback());
server.once('error', (error: NodeJS.ErrnoException) => {
  const isTaken = error.code === 'EADDRINUSE';
  console.error(
    isTaken ? `  Port ${port} is taken. Choose another: --port ${port + 1}` : error.message,
  );
  process.exit(1);
});
server.listen(port, '127.0.0.1', () => {
  console.log(`
  OpenID provider   ${issuer}
  Its tokens are for ${resource.href}; at its pages any name and any password will do.

  In a second terminal:
    npm run serve -- solutions --issuer ${issuer}

  Listening at ${issuer}. Press Ctrl+C to stop.`);
});
