/**
 * The same tools on the SDK with its own authorization router and bearer check, and with the packages
 * that most people would take for headers, limits and logs, as their documentation shows them.
 */
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import type { OAuthServerProvider } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { pinoHttp } from 'pino-http';
import type { ServerConfig } from '../../../exercises/weather-server/controls.ts';
import { createKeyRing } from '../../../exercises/weather-server/signing-keys.ts';
import { importRunKeys, type RunKeys } from '../../../lab/run-keys.ts';
import { answerWithStockServer, sameTools } from './stock-messages.ts';
import type { CreateListener } from './load-server.ts';

export const createListener: CreateListener = async (config, keys) => {
  const provider = await verifyingProvider(config, keys);
  const resource = new URL(config.resource);
  const app = createMcpExpressApp();
  app.use(helmet());
  app.use(pinoHttp());
  app.use(
    mcpAuthRouter({
      provider,
      issuerUrl: new URL(config.issuer),
      resourceServerUrl: resource,
      scopesSupported: config.scopesSupported,
    }),
  );
  app.post(
    '/mcp',
    requireBearerAuth({
      verifier: provider,
      requiredScopes: ['weather:read'],
      resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
    }),
    rateLimit({
      windowMs: 60_000,
      limit: config.limits.perUserPerMinute,
      standardHeaders: true,
      keyGenerator: ({ auth }) => String(auth?.extra?.subject),
    }),
    answerWithStockServer(await sameTools()),
  );
  return app;
};

/** Verifies tokens of this run. Its other endpoints are mounted, and not asked here. */
async function verifyingProvider(
  config: ServerConfig,
  keys: RunKeys,
): Promise<OAuthServerProvider> {
  const keySet = createLocalJWKSet(createKeyRing(await importRunKeys(keys)).jwks());
  const notAsked = (): never => {
    throw new Error('This part of the server is not measured.');
  };
  return {
    clientsStore: { getClient: () => undefined, registerClient: notAsked },
    authorize: notAsked,
    challengeForAuthorizationCode: notAsked,
    exchangeAuthorizationCode: notAsked,
    exchangeRefreshToken: notAsked,
    async verifyAccessToken(token) {
      try {
        const { payload } = await jwtVerify(token, keySet, {
          algorithms: ['ES256'],
          issuer: config.issuer,
          audience: config.resource,
          typ: 'at+jwt',
        });
        return {
          token,
          clientId: String(payload.client_id),
          scopes: String(payload.scope).split(' '),
          expiresAt: payload.exp ?? 0,
          extra: { subject: payload.sub },
        };
      } catch {
        throw new InvalidTokenError('The access token is not valid here.');
      }
    },
  };
}
