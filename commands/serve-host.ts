/** The process behind `npm run serve`: one weather server on a fixed loopback port. */
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { ClientRegistry } from '../exercises/weather-server/client-registry.ts';
import { weatherServerConfig } from '../exercises/weather-server/config.ts';
import type { ExternalIssuer, SecurityControls } from '../exercises/weather-server/controls.ts';
import { createWeatherServer } from '../exercises/weather-server/server.ts';
import { createKeyRing } from '../exercises/weather-server/signing-keys.ts';
import { createWorld } from '../exercises/weather-server/world/world.ts';
import { describeEntry } from '../grader/explain.ts';
import { composeControls, LoadError } from '../lab/controls/compose-controls.ts';
import { ContractError } from '../lab/controls/hold-to-contract.ts';
import { watchRefusals } from '../lab/controls/watch-refusals.ts';
import { lockShared } from '../lab/host/lock-shared.ts';
import { importRunKeys, type RunKeys } from '../lab/run-keys.ts';
import { visibleLine, visibleText } from '../shared/visible-text.ts';
import { keepClientsIn } from './kept-clients.ts';
import { openProviderWeb } from './provider-web.ts';
import { openRealWeb } from './real-web.ts';
import type { Certificate } from './tls.ts';
import { isFromThisMachine, otherNameFor } from './who-comes.ts';

export interface ServeSettings {
  which: 'exercises' | 'solutions';
  /** Where clients reach the server. */
  origin: string;
  port: number;
  keys: RunKeys;
  /** Absent: plain HTTP. */
  certificate: Certificate | undefined;
  /** The file that registrations are kept in. */
  clientsFile: string;
  /** Whether client documents are fetched, from the real web. */
  clientDocuments: boolean;
  /** Whose tokens are taken; undefined: the server's own. */
  external: ExternalIssuer | undefined;
  /** `auditChainKey` in base64. */
  secrets: { keyEncryptionKeys: string; auditChainKey: string };
}

process.once('message', (settings: ServeSettings) => {
  serve(settings).catch((error: unknown) => {
    const isLearners = error instanceof LoadError || error instanceof ContractError;
    console.error(`  ${visibleText(isLearners ? error.message : String(error))}`);
    if (settings.which === 'solutions') process.exit(1);
    console.error('  Waiting for a change.');
  });
});
process.on('disconnect', () => process.exit(0));

async function serve(settings: ServeSettings): Promise<void> {
  const { which, origin, port, keys, certificate, secrets, clientDocuments, external } = settings;
  lockShared(); // as in the lab, so that a file works here if it works there
  const inMemory = createWorld({
    keyEncryptionKeys: secrets.keyEncryptionKeys,
    auditChainKey: Buffer.from(secrets.auditChainKey, 'base64'),
    // Which states were used is forgotten with the process, and so is what seals them.
    requestStateKey: randomBytes(32),
  });
  const world = clientDocuments
    ? { ...inMemory, web: { ...inMemory.web, ...openRealWeb() } }
    : inMemory;
  const spec = { kind: which === 'exercises' ? 'whole-student' : 'reference' } as const;
  const composed = await composeControls(spec, {
    fault: (_control, message) => console.error(`  ${visibleText(message)}`),
  });
  const watched = watchRefusals(withRealProvider(composed, external), world.tape);
  // The web of a world is in memory, and a client that is told of documents uses nothing else.
  const controls: SecurityControls = clientDocuments
    ? watched
    : {
        ...watched,
        describeAuthorizationServer: (...asked) => {
          const { client_id_metadata_document_supported: _none, ...description } =
            watched.describeAuthorizationServer(...asked);
          return description;
        },
      };
  const own = weatherServerConfig(origin);
  const config = external ? { ...own, issuer: external.issuer, externalIssuer: external } : own;
  const app = createWeatherServer(
    controls,
    world,
    config,
    createKeyRing(await importRunKeys(keys)),
    new ClientRegistry(
      keepClientsIn(settings.clientsFile, (problem) => console.error(`  ${problem}`)),
    ),
  );
  world.tape.follow((entry) => {
    if (entry.kind === 'gate') return;
    console.log(
      entry.kind === 'audit' ? `  audit  ${visibleLine(entry.line)}` : `  ${describeEntry(entry)}`,
    );
  });

  const answer: RequestListener = (request, response) => {
    const elsewhere = otherNameFor(request, origin);
    if (elsewhere !== undefined) {
      // Said here as well, because few clients show what they were answered.
      const advice = `This server is ${config.resource}, and clients take no other name for it: type that instead of ${elsewhere}.`;
      console.log(`  ${advice}`);
      response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end(`${advice}\n`);
      return;
    }
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

/** The documents of a provider come from where it is, and those alone. */
function withRealProvider(
  controls: SecurityControls,
  external: ExternalIssuer | undefined,
): SecurityControls {
  if (external === undefined) return controls;
  const web = openProviderWeb(external.issuer);
  return {
    ...controls,
    fetchProviderDocument: (url, means) => controls.fetchProviderDocument(url, { ...means, web }),
  };
}
