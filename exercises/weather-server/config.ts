/** What the operator of this weather server decided. */
import type { ServerConfig } from './controls.ts';

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
