/** What the operator of this weather server decided. */
import type { ServerConfig, ThirdParty } from './controls.ts';
import { SKYDIARY } from './world/skydiary.ts';

/** `origin` is where the server is reached, such as `http://127.0.0.1:3001`, without a path. */
export function weatherServerConfig(origin: string): ServerConfig {
  return {
    issuer: origin,
    resource: `${origin}/mcp`,
    scopesSupported: ['weather:read', 'weather:write', 'weather:admin'],
    allowedOrigins: ['https://app.example'],
    allowedHosts: ['127.0.0.1', 'localhost', '[::1]'],
    maxBodyBytes: 1024 * 1024,
    limits: { perUserPerMinute: 60, perToolPerMinute: { ping_station: 10 } },
  };
}

/** Skydiary, as it knows a server that is reached at `origin`. */
export function skydiaryFor(origin: string): ThirdParty {
  const { authorizationEndpoint, tokenEndpoint, entriesUrl, clientId, scopes } = SKYDIARY;
  return {
    authorizationEndpoint,
    tokenEndpoint,
    entriesUrl,
    clientId,
    redirectUri: `${origin}/authorize/callback`,
    scopes: [...scopes],
  };
}
