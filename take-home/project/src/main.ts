/** Starts the server: `node src/main.ts`. Settings come from the environment; see the README. */
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
import { createLog } from './log.ts';
import { openRealWorld } from './real-world.ts';
import { readSettings, type Settings } from './settings.ts';
import { unsolved } from './unsolved.ts';

/** Requests that are being answered have so long to end; an orchestrator kills after ten seconds. */
const SHUTDOWN_MS = 8_000;

class RefusedToStart extends Error {}

await start().catch((error: unknown) => {
  const { message } = error as Error;
  console.error(`The server does not start. ${message}`);
  process.exit(1);
});

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  refuseUnsolved(settings);
  const log = createLog(settings.logLevel);
  const { world, check, close } = await openRealWorld(settings, log);
  const issuer = settings.issuer ? await followIssuer(settings.issuer, log) : undefined;
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
  log.info({ host: settings.host, port, origin: settings.origin, unsolved }, 'listening');
  if (!settings.isProduction) {
    log.warn('in development: anybody can sign in as anybody, and secrets end with the process');
  }

  const end = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'shutting down');
    issuer?.close();
    const late = setTimeout(() => server.closeAllConnections(), SHUTDOWN_MS);
    server.close(() => {
      clearTimeout(late);
      close();
      log.info('closed');
    });
    server.closeIdleConnections();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

function refuseUnsolved({ isProduction }: Settings): void {
  if (!isProduction || unsolved.length === 0) return;
  throw new RefusedToStart(
    `In production nothing may be open, and this is: ${unsolved.join('; ')}.`,
  );
}

/** The address that keys are fetched from is the issuer's to say, and not made from its name. */
const withKeysFrom = (jwksUri: string, own: SecurityControls): SecurityControls => ({
  ...own,
  verifyAccessToken: (token, context) => own.verifyAccessToken(token, { ...context, jwksUri }),
});
