/** Puts the server together and lets it listen. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SecurityControls } from '../../../exercises/weather-server/controls.ts';
import {
  createKeyRing,
  makeSigningKey,
  type KeyRing,
} from '../../../exercises/weather-server/signing-keys.ts';
import { createApp, toServerConfig } from './app.ts';
import { controls } from './controls.ts';
import { followIssuer } from './issuer-keys.ts';
import type { Logger } from './log.ts';
import { openRealWorld } from './real-world.ts';
import type { Settings } from './settings.ts';

export interface Running {
  port: number;
  /** Takes no more requests, lets those that run end for a while, and closes what is open. */
  stop: () => Promise<void>;
}

/** Requests that are being answered have so long to end; an orchestrator kills after ten seconds. */
const SHUTDOWN_MS = 8_000;

/**
 * Rejects if a part cannot be opened, the issuer does not answer, or the port is taken.
 *
 * @param ask another `fetch`, for tests
 */
export async function start(
  settings: Settings,
  log: Logger,
  ask: typeof fetch = fetch,
): Promise<Running> {
  const issuer = settings.issuer ? await followIssuer(settings.issuer, log, ask) : undefined;
  const { world, check, close } = await openRealWorld(settings, log, ask);
  const ownKeys = createKeyRing(await makeSigningKey());
  const keys: KeyRing = issuer ? { ...ownKeys, jwks: () => issuer.jwks() } : ownKeys;
  const app = createApp(
    issuer ? withKeysFrom(issuer.jwksUri, controls) : controls,
    world,
    toServerConfig(settings),
    keys,
    undefined,
    { check, hasExternalIssuer: issuer !== undefined },
  );
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async stop() {
      issuer?.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), SHUTDOWN_MS);
      await closed;
      clearTimeout(late);
      close();
    },
  };
}

/** The address that keys are fetched from is the issuer's to say, and not made from its name. */
const withKeysFrom = (jwksUri: string, own: SecurityControls): SecurityControls => ({
  ...own,
  verifyAccessToken: (token, context) => own.verifyAccessToken(token, { ...context, jwksUri }),
});
