/**
 * `npm run serve -- exercises|solutions [--port N] [--https] [--client-documents] [--issuer URL]`: the
 * weather server for real clients, on a fixed loopback port. It starts again whenever a file of the exercises changes, with the same
 * keys, so that tokens stay good.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_USERS } from '../exercises/weather-server/authorization-server.ts';
import { weatherServerConfig } from '../exercises/weather-server/config.ts';
import { curriculum } from '../catalogue/curriculum.ts';
import { watchStubs } from '../grader/grading/watch-stubs.ts';
import type { ExternalIssuer } from '../exercises/weather-server/controls.ts';
import { PROVIDER_KINDS } from '../exercises/weather-server/provider-kinds.ts';
import { mint } from '../lab/mint.ts';
import { readCommandLine, refuse } from '../shared/command-line.ts';
import { projectFolder } from '../shared/project-path.ts';
import { makeRunKeys, type RunKeys } from '../lab/run-keys.ts';
import type { ServeSettings } from './serve-host.ts';
import { makeCertificate, readCertificate, type Certificate } from './tls.ts';

const USAGE = `Usage: npm run serve -- exercises|solutions [--port 3001] [--poll]
                        [--https [--cert FILE --key FILE]] [--client-documents]
                        [--issuer URL [--provider KIND] [--audience NAME]]
  --poll    look at your files, where the system does not tell of saves
  --https   speak TLS, with a certificate made now, or the one given (PEM)
  --client-documents   fetch the document of a client whose client_id is a URL, from the real web:
                       https and public addresses only; without, such clients register instead.
                       The feeds of import_feed then come from there as well
  --issuer   take the tokens of this provider instead of giving out one's own (topic 19): the text
             of their iss, https, or http on this machine (npm run provider starts one)
  --provider   what its tokens look like: ${PROVIDER_KINDS.join(', ')}
             (rfc9068 if left out)
  --audience   what its tokens call this server, if not by its address
Environment:
  WEATHER_KEKS, WEATHER_KEKS_FILE   key encryption keys, or a file with them (topic 07);
                                    without, a key is made that lasts as long as the server`;
const TOKEN_LIFETIME_S = 600;

interface ServeOptions {
  which: ServeSettings['which'];
  port: number;
  poll: boolean;
  certificate: Certificate | undefined;
  clientDocuments: boolean;
  external: ExternalIssuer | undefined;
  /** Key encryption keys, as text. */
  keks: string;
}

/** Where a made certificate is put, so that clients can be told to trust it. Its key is not. */
const CERTIFICATE_FILE = path.join('.workbook', 'loopback-certificate.pem');

const { which, port, poll, certificate, clientDocuments, external, keks } = await readCommandLine(
  USAGE,
  {
    port: { type: 'string', default: '3001' },
    poll: { type: 'boolean', default: false },
    https: { type: 'boolean', default: false },
    cert: { type: 'string' },
    key: { type: 'string' },
    'client-documents': { type: 'boolean', default: false },
    issuer: { type: 'string' },
    provider: { type: 'string', default: 'rfc9068' },
    audience: { type: 'string' },
  },
  async (values, [which]): Promise<ServeOptions> => {
    const port = Number(values.port);
    if (which !== 'exercises' && which !== 'solutions') throw new Error('Serve what?');
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`“${values.port}” is not a port.`);
    }
    const { cert, key, poll } = values;
    if ((cert === undefined) !== (key === undefined) || (cert !== undefined && !values.https)) {
      throw new Error('--cert and --key go together, and with --https.');
    }
    const clientDocuments = values['client-documents'];
    const { resource } = weatherServerConfig(originAt(port, values.https));
    const audience = values.audience ?? resource;
    const external = readExternalIssuer(values.issuer, values.provider, audience);
    const common = {
      which,
      port,
      poll,
      clientDocuments,
      external,
      keks: keyEncryptionKeys(),
    } as const;
    if (!values.https) return { ...common, certificate: undefined };
    if (cert !== undefined && key !== undefined) {
      return { ...common, certificate: readCertificate(cert, key) };
    }
    const certificate = await makeCertificate();
    mkdirSync(path.join(projectFolder, '.workbook'), { recursive: true });
    writeFileSync(path.join(projectFolder, CERTIFICATE_FILE), certificate.cert);
    return { ...common, certificate };
  },
).catch((error: unknown) => refuse(error, USAGE));

function originAt(port: number, isTls: boolean): string {
  return `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`;
}

/** A provider as the operator names it. Its documents over http would be anybody's on the way. */
function readExternalIssuer(
  issuer: string | undefined,
  provider: string,
  audience: string,
): ExternalIssuer | undefined {
  if (issuer === undefined) return undefined;
  const { protocol, hostname } = new URL(issuer);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) {
    throw new Error(`“${issuer}” is neither https nor on this machine.`);
  }
  const kind = PROVIDER_KINDS.find((name) => name === provider);
  if (kind === undefined) throw new Error(`“${provider}” is no kind of provider.`);
  return { issuer, kind, audience };
}

/** As an operator gives them; see `ParseKeyEncryptionKeys`. */
function keyEncryptionKeys(): string {
  const { WEATHER_KEKS, WEATHER_KEKS_FILE } = process.env;
  if (WEATHER_KEKS !== undefined) return WEATHER_KEKS;
  if (WEATHER_KEKS_FILE !== undefined) return readFileSync(WEATHER_KEKS_FILE, 'utf8');
  return `v1=${randomBytes(32).toString('base64')}`;
}

const keys = await makeRunKeys();
const origin = originAt(port, certificate !== undefined);
const settings: ServeSettings = {
  which,
  origin,
  port,
  keys,
  certificate,
  clientDocuments,
  external,
  // Apart, because the exercises register whatever is sent.
  clientsFile: path.join(projectFolder, '.workbook', `clients-of-${which}.json`),
  secrets: {
    keyEncryptionKeys: keks,
    auditChainKey: randomBytes(32).toString('base64'),
  },
};
let server: ChildProcess | undefined;

function start(): void {
  server = fork(path.join(import.meta.dirname, 'serve-host.ts'), [], {
    execArgv: ['--import', 'tsx'],
  });
  server.send(settings);
  server.on('exit', (code) => {
    // 1: the port is not to be had, which no change of a file will mend.
    if (code === 1) process.exit(1);
  });
}

function restart(): void {
  if (!server || server.exitCode !== null || server.signalCode !== null) start();
  // One that was killed already is followed by the next when it has ended.
  else if (!server.killed) server.once('exit', start).kill('SIGKILL');
}

async function printTokens(runKeys: RunKeys): Promise<void> {
  const { issuer, resource } = weatherServerConfig(origin);
  for (const subject of DEMO_USERS) {
    const token = await mint(
      { expiresIn: TOKEN_LIFETIME_S },
      { keys: runKeys, issuer, resource, oob: '', now: Date.now(), subject },
    );
    console.log(`  ${subject}, ${TOKEN_LIFETIME_S / 60} minutes:\n    ${token}\n`);
  }
}

function sayHowToCome(): string {
  if (external !== undefined) {
    return `A client that speaks OAuth finds its way from there to ${external.issuer}, whose tokens
  (${external.kind}) are taken if they name ${external.audience} as their audience.`;
  }
  return which === 'solutions'
    ? 'A client that speaks OAuth (MCP Inspector, an editor) finds its way from there: it is sent to a\n  page where you choose to be alice or bob. For curl, take a token:'
    : 'A client that speaks OAuth (MCP Inspector, an editor) finds its way from there once topics 01 and\n  05 are solved; as shipped, the server asks nobody for a token. For curl, take a token:';
}

console.log(`
  MCP server (${which})   ${origin}/mcp

  ${sayHowToCome()}
`);
if (external === undefined) await printTokens(keys);
const trust = certificate ? ` --cacert ${CERTIFICATE_FILE}` : '';
console.log(`  curl -s${trust} ${origin}/mcp -H 'Authorization: Bearer <token>' -H 'Content-Type: application/json' \\
    -H 'Accept: application/json, text/event-stream' \\
    -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_weather","arguments":{"city":"東京","units":"metric"}}}'

  Foreign pages and host names are refused by this command, whatever the files do.
  ${external === undefined ? 'Press Enter for new tokens, ' : ''}Ctrl+C to stop.
`);
start();

if (which === 'exercises') {
  watchStubs(curriculum, poll, () => {
    console.log('  A file changed; the server starts again.');
    restart();
  });
}
if (process.stdin.isTTY && external === undefined)
  process.stdin.on('data', () => void printTokens(keys));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server?.kill('SIGKILL');
    process.exit(0);
  });
}
