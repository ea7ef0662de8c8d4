/** The process behind `npm run serve`: one weather server on a fixed loopback port. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { weatherServerConfig } from '../exercises/weather-server/config.ts';
import { createWeatherServer } from '../exercises/weather-server/server.ts';
import { createKeyRing } from '../exercises/weather-server/signing-keys.ts';
import { createWorld } from '../exercises/weather-server/world/world.ts';
import { describeEntry } from '../grader/explain.ts';
import { composeControls, LoadError } from '../lab/controls/compose-controls.ts';
import { ContractError } from '../lab/controls/contracts.ts';
import { watchRefusals } from '../lab/controls/watch-refusals.ts';
import { lockShared } from '../lab/host/lock-shared.ts';
import { importRunKeys, type RunKeys } from '../lab/run-keys.ts';
import type { Certificate } from './tls.ts';

export interface ServeSettings {
  which: 'exercises' | 'solutions';
  /** Where clients reach the server. */
  origin: string;
  port: number;
  keys: RunKeys;
  /** Absent: plain HTTP. */
  certificate: Certificate | undefined;
  /** `auditChainKey` in base64. */
  secrets: { keyEncryptionKeys: string; auditChainKey: string };
}

process.once('message', (settings: ServeSettings) => {
  serve(settings).catch((error: unknown) => {
    const isLearners = error instanceof LoadError || error instanceof ContractError;
    console.error(`  ${isLearners ? error.message : String(error)}`);
    if (settings.which === 'solutions') process.exit(1);
    console.error('  Waiting for a change.');
  });
});
process.on('disconnect', () => process.exit(0));

async function serve(settings: ServeSettings): Promise<void> {
  const { which, origin, port, keys, certificate, secrets } = settings;
  lockShared(); // as in the lab, so that a file works here if it works there
  const auditChainKey = Buffer.from(secrets.auditChainKey, 'base64');
  const world = createWorld({ ...secrets, auditChainKey });
  const spec = { kind: which === 'exercises' ? 'whole-student' : 'reference' } as const;
  const composed = await composeControls(spec, {
    fault: (_control, message) => console.error(`  ${message}`),
  });
  const controls = watchRefusals(composed, world.tape);
  const config = weatherServerConfig(origin);
  const app = createWeatherServer(
    controls,
    world,
    config,
    createKeyRing(await importRunKeys(keys)),
  );
  world.tape.follow((entry) => {
    console.log(entry.kind === 'audit' ? `  audit  ${entry.line}` : `  ${describeEntry(entry)}`);
  });

  const answer: RequestListener = (request, response) => {
    if (!isFromThisMachine(request)) {
      // Not even to be had unread, as a script or an image.
      response.setHeader('cross-origin-resource-policy', 'same-origin');
      response.writeHead(403).end('This server answers programs and pages of this machine only.\n');
      return;
    }
    app(request, response);
  };
  const server = certificate ? createTlsServer(certificate, answer) : createServer(answer);
  server.once('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    console.error(
      taken ? `  Port ${port} is taken. Choose another: --port ${port + 1}` : `  ${error.message}`,
    );
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => console.log(`  Listening at ${origin}.`));
}

/**
 * The exercises do not check Host and Origin until topic 11 is solved. Until then, and whatever the
 * learner does, a web page of somebody else's must not reach a server that is insecure on purpose.
 */
function isFromThisMachine({ headers }: IncomingMessage): boolean {
  const isLocal = (url: string): boolean =>
    URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const { host, origin, referer } = headers;
  if (!isLocal(`http://${host}`)) return false;
  if (origin !== undefined) return isLocal(origin);
  // A page of this machine on another host name is another site: Inspector's, when it sends the
  // browser to the authorization endpoint. Such a visit carries no Origin, but says where it is from.
  return headers['sec-fetch-site'] !== 'cross-site' || isLocal(referer ?? '');
}
