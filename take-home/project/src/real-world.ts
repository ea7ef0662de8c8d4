/** The world that this server acts on: what was in memory in the lab, on a machine. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openFiles } from '../../../exercises/weather-server/world/files.ts';
import { buildReports } from '../../../exercises/weather-server/world/stations.ts';
import { Tape } from '../../../exercises/weather-server/world/tape.ts';
import { openUpstream } from '../../../exercises/weather-server/world/upstream.ts';
import type { World } from '../../../exercises/weather-server/world/world.ts';
import { openAuditFile } from './adapters/audit-file.ts';
import { openDatabase } from './adapters/database.ts';
import { openTree, putReports } from './adapters/files.ts';
import { openPrograms } from './adapters/programs.ts';
import { openStore } from './adapters/store.ts';
import { openWeatherApi } from './adapters/weather-api.ts';
import { openWeb } from './adapters/web.ts';
import { logEntry, type Logger } from './log.ts';
import type { Settings } from './settings.ts';

export interface OpenWorld {
  world: World;
  /** Throws if a part of it cannot be used. */
  check: () => void;
  close: () => void;
}

/** Nothing reads it back: each entry goes to the operator's log as it comes. */
const KEPT_ENTRIES = 100;
/** Of the made-up weather, which wants to be shown one as well. */
const SAMPLE_KEY = 'a key of no value';

/** Makes what is not there yet. Rejects if a part cannot be opened. */
export async function openRealWorld(
  settings: Settings,
  log: Logger,
  ask: typeof fetch,
): Promise<OpenWorld> {
  const { dataFolder, weatherApi, secrets, storeUrl } = settings;
  mkdirSync(dataFolder, { recursive: true, mode: 0o750 });
  const files = path.join(dataFolder, 'files');
  putReports(files, buildReports());

  const tape = new Tape(KEPT_ENTRIES);
  tape.follow((entry) => logEntry(log, entry));
  const tree = await openTree(files);
  const seed = readFileSync(path.join(import.meta.dirname, 'seed.sql'), 'utf8');
  const shared = storeUrl === undefined ? undefined : await openStore(storeUrl, log);
  const database = openDatabase(path.join(dataFolder, 'weather.sqlite'), seed, tape);
  const audit = openAuditFile(path.join(dataFolder, 'audit'));
  return {
    world: {
      database,
      files: openFiles(async () => tree, tape),
      shell: openPrograms(tape),
      upstream: weatherApi ? openWeatherApi(weatherApi, tape, ask) : openUpstream(SAMPLE_KEY, tape),
      web: openWeb(tape),
      // Users sign in at your issuer, and this server acts at no third party.
      thirdParty: undefined,
      store: shared?.store,
      tape,
      upstreamApiKey: weatherApi?.key ?? SAMPLE_KEY,
      secrets,
      writeAuditLine: (line) => audit.writeLine(line),
      storeCredential: (row) => database.storeCredential(row),
    },
    check() {
      database.ping();
      shared?.check();
    },
    close() {
      shared?.close();
      database.close();
      audit.close();
    },
  };
}
