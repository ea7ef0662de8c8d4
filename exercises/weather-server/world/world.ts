/**
 * The world one weather server acts on: database, files, shell, upstream, all in memory, all on the
 * tape. A world is made fresh for every attack and thrown away after it.
 */
import { randomBytes } from 'node:crypto';
import type { InMemoryFs } from 'just-bash';
import { openDatabase, type Database } from './database.ts';
import { openFiles, REPORT_FOLDER, SECRET_FOLDER, type Files } from './files.ts';
import { migrateSensors, type SensorChange } from './migrate-sensors.ts';
import { weatherDatabaseImage } from './seed.ts';
import { openShell, type Shell } from './shell.ts';
import type { SharedStore } from './shared-store.ts';
import { buildReports } from './stations.ts';
import { Tape } from './tape.ts';
import { openThirdParty, type ThirdPartyLink, type WholeThirdParty } from './third-party.ts';
import { openUpstream, type Upstream, type WholeUpstream } from './upstream.ts';
import { openWeb, type Web, type WholeWeb } from './web.ts';

/** Random values that an honest answer never contains. Finding one is proof of a breach. */
export interface Canaries {
  /** An API key in a table no tool reads. */
  row: string;
  /** The content of a file outside the served folder. */
  file: string;
}

/** What an operator gives a server when it starts, and never stores beside what it protects. */
export interface DeploymentSecrets {
  /** The value of `WEATHER_KEKS` (topic 07). */
  keyEncryptionKeys: string;
  /** Keys the chain of the audit log (topic 12). */
  auditChainKey: Buffer;
  /**
   * Seals what clients keep for the server between two requests (topic 16). It ends with the process
   * that remembers which of it was used.
   */
  requestStateKey: Buffer;
}

/** Parts of the world that can be out of order. `keys`: what holds the signing keys. */
const WORLD_PARTS = ['database', 'files', 'shell', 'upstream', 'audit', 'keys'] as const;
export type WorldPart = (typeof WORLD_PARTS)[number];

/** How a part fails. Drivers throw more than messages. */
export interface Failure {
  message?: string | undefined;
  /** Further members of the error, or others for `name` and the like. */
  members?: Record<string, unknown> | undefined;
  /** Message of another error that caused this one. */
  cause?: string | undefined;
  /** Throws this, and no error. */
  throws?: unknown;
  /** For `upstream`: it does answer, with this status. */
  answers?: number | undefined;
}

/** What a server acts on. */
export interface World {
  database: Database;
  files: Files;
  shell: Shell;
  upstream: Upstream;
  web: Web;
  /** Undefined: there is none that this server acts at. */
  thirdParty: ThirdPartyLink | undefined;
  tape: Tape;
  /** What the upstream weather service wants to be shown. */
  upstreamApiKey: string;
  secrets: DeploymentSecrets;
  /** What this instance shares with others of its kind; undefined: it is the only one. */
  store: SharedStore | undefined;
  /** Keeps one line of the audit log; throws if it cannot. */
  writeAuditLine: (line: string) => void;
  storeCredential(row: { id: string; owner: string; provider: string; sealed: string }): void;
}

/** The same in memory, with what the lab may do to it. */
export interface WholeWorld extends World {
  upstream: WholeUpstream;
  web: WholeWeb;
  thirdParty: WholeThirdParty;
  canaries: Canaries;
  /** Makes every use of a part fail, with an error of this message if it is one, or work again. */
  breakDown(part: WorldPart, failure: Failure | string | undefined): void;
  /** As an operator deletes it. */
  removeCredential(id: string): void;
  /** Changes the table of sensors while the server runs, as another program might. */
  migrate(change: SensorChange): void;
  /** Throws while the part is broken: for what is not made here. */
  failIfBroken(part: WorldPart): void;
  close(): void;
}

/** `secrets` of a real deployment; left out, they are made for this world. */
export function createWorld(
  secrets: DeploymentSecrets = makeSecrets(),
  store?: SharedStore,
): WholeWorld {
  const tape = new Tape();
  const canaries = { row: canary('row'), file: canary('file') };
  let storeCredential: World['storeCredential'] = () => undefined;
  let removeCredential: WholeWorld['removeCredential'] = () => undefined;
  let migrate: WholeWorld['migrate'] = () => undefined;
  const database = openDatabase(weatherDatabaseImage(), tape, (run) => {
    run('INSERT INTO api_keys VALUES (?, ?, ?)', ['alice', 'weather', canaries.row]);
    migrate = (change) => migrateSensors(run, change);
    storeCredential = ({ id, owner, provider, sealed }) =>
      void run('INSERT OR REPLACE INTO credentials VALUES (?, ?, ?, ?)', [
        id,
        owner,
        provider,
        sealed,
      ]);
    removeCredential = (id) => void run('DELETE FROM credentials WHERE id = ?', [id]);
  });
  let grown: Promise<InMemoryFs> | undefined;
  const tree = (): Promise<InMemoryFs> => (grown ??= growTree(canaries.file));
  const upstreamApiKey = canary('upstream');
  const broken = new Map<WorldPart, Failure>();
  const failIfBroken = (part: WorldPart): void => {
    const failure = broken.get(part);
    if (failure) throw toThrown(failure);
  };
  /** The same object, whose methods fail while the part is broken. */
  const breakable = <T extends object>(part: WorldPart, whole: T): T =>
    new Proxy(whole, {
      get(owner, member) {
        const own: unknown = Reflect.get(owner, member);
        const failure = broken.get(part);
        if (!failure || typeof own !== 'function') return own;
        const { message, answers } = failure;
        return async () => {
          if (answers === undefined) throw toThrown(failure);
          return new Response(message, { status: answers });
        };
      },
    });
  return {
    database: breakable('database', database),
    files: breakable('files', openFiles(tree, tape)),
    shell: breakable('shell', openShell(tree, tape)),
    upstream: breakable('upstream', openUpstream(upstreamApiKey, tape)),
    web: openWeb(tape),
    thirdParty: openThirdParty(tape),
    tape,
    upstreamApiKey,
    secrets,
    store,
    canaries,
    writeAuditLine(line) {
      failIfBroken('audit');
      tape.write({ kind: 'audit', line });
    },
    storeCredential,
    removeCredential,
    breakDown(part, failure) {
      if (failure === undefined) broken.delete(part);
      else broken.set(part, typeof failure === 'string' ? { message: failure } : failure);
    },
    migrate,
    failIfBroken,
    close: () => database.close(),
  };
}

export const makeSecrets = (): DeploymentSecrets => ({
  keyEncryptionKeys: `v1=${randomBytes(32).toString('base64')}`,
  auditChainKey: randomBytes(32),
  requestStateKey: randomBytes(32),
});

function toThrown(failure: Failure): unknown {
  if ('throws' in failure) return failure.throws;
  const { message, members = {}, cause } = failure;
  const name = typeof members.name === 'string' ? members.name : 'Error';
  // A class of this name, because some code asks for `error.constructor.name`.
  const Kind = { [name]: class extends Error {} }[name] ?? Error;
  const error = new Kind(message, cause === undefined ? {} : { cause: new Error(cause) });
  return Object.assign(error, members);
}

/** On first use, and its package with it: most requests touch neither files nor shell. */
async function growTree(secret: string): Promise<InMemoryFs> {
  const { InMemoryFs } = await import('just-bash');
  const tree = new InMemoryFs({
    ...reportFiles(),
    [`${SECRET_FOLDER}/flag.txt`]: secret,
  });
  // Somebody's shortcut, made by hand on the server one day.
  await tree.symlink('../data-secret/flag.txt', `${REPORT_FOLDER}/latest.txt`);
  return tree;
}

/** Written once a process: it is the same weather in every world. */
function reportFiles(): Record<string, string> {
  writtenReports ??= Object.fromEntries(
    [...buildReports()].map(([name, text]) => [`${REPORT_FOLDER}/${name}`, text]),
  );
  return writtenReports;
}
let writtenReports: Record<string, string> | undefined;

function canary(kind: string): string {
  return `${kind}-${randomBytes(12).toString('base64url')}`;
}
