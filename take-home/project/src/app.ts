/**
 * The server as a whole: the weather server with its controls, and what an operator adds. The tests
 * fire at exactly this.
 */
import express, { type Express } from 'express';
import type { ClientRegistry } from '../../../exercises/weather-server/client-registry.ts';
import { weatherServerConfig } from '../../../exercises/weather-server/config.ts';
import type { SecurityControls, ServerConfig } from '../../../exercises/weather-server/controls.ts';
import { createWeatherServer } from '../../../exercises/weather-server/server.ts';
import type { KeyRing } from '../../../exercises/weather-server/signing-keys.ts';
import type { World } from '../../../exercises/weather-server/world/world.ts';
import type { Settings } from './settings.ts';

/** What the authorization server that comes with the weather server answers. */
const OWN_AUTHORIZATION_SERVER = [
  '/.well-known/oauth-authorization-server',
  '/authorize',
  '/jwks',
  '/register',
  '/token',
];

export const toServerConfig = ({
  origin,
  issuer = origin,
  allowedOrigins,
  allowedHosts,
}: Settings): ServerConfig => ({
  ...weatherServerConfig(origin),
  issuer,
  allowedOrigins,
  allowedHosts,
});

export interface Operation {
  /** Throws if a part of the server cannot be used; asked by whoever sends requests here. */
  check?: () => void;
  /** Tokens come from elsewhere: nobody can sign in here. */
  hasExternalIssuer?: boolean;
}

export function createApp(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  keys: KeyRing,
  clients?: ClientRegistry,
  { check = () => undefined, hasExternalIssuer = false }: Operation = {},
): Express {
  const app = express();
  app.disable('x-powered-by');
  // Beside `/healthz`, which says that the process lives: whether it can do its work.
  app.get('/readyz', (_request, response) => {
    try {
      check();
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'not ready' });
    }
  });
  if (hasExternalIssuer) {
    app.use(OWN_AUTHORIZATION_SERVER, (_request, response) => void response.sendStatus(404));
  }
  app.use(createWeatherServer(controls, world, config, keys, clients));
  return app;
}
