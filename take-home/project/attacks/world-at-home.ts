/**
 * The world of one firing: database and files are this project's own, on the disk. What leads further
 * is the lab's, in memory, because the payloads are real: a shell that an attack gets into must not be
 * this machine's, and whoever is steered to an address must not get there.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  openFiles,
  SECRET_FOLDER,
  type Files,
} from '../../../exercises/weather-server/world/files.ts';
import { migrateSensors } from '../../../exercises/weather-server/world/migrate-sensors.ts';
import { buildReports } from '../../../exercises/weather-server/world/stations.ts';
import {
  createWorld as createWorldInMemory,
  type WholeWorld,
  type WorldPart,
} from '../../../exercises/weather-server/world/world.ts';
import { openDatabase } from '../src/adapters/database.ts';
import { openTree, putReports } from '../src/adapters/files.ts';

export type * from '../../../exercises/weather-server/world/world.ts';
export { makeSecrets } from '../../../exercises/weather-server/world/world.ts';

const seed = readFileSync(path.join(import.meta.dirname, '..', 'src', 'seed.sql'), 'utf8');

export function createWorld(...given: Parameters<typeof createWorldInMemory>): WholeWorld {
  const world = createWorldInMemory(...given);
  const { tape, canaries } = world;
  const root = mkdtempSync(path.join(process.env['FIRINGS_FOLDER'] ?? tmpdir(), 'firing-'));
  const canary = `INSERT INTO api_keys VALUES ('alice', 'weather', '${canaries.row}');`;
  const database = openDatabase(':memory:', `${seed}\n${canary}`, tape);
  let tree: Promise<Files> | undefined;
  /** The same object, whose methods fail while the part is broken. */
  const breakable = <T extends object>(part: WorldPart, whole: T): T =>
    new Proxy(whole, {
      get(owner, member) {
        const own: unknown = Reflect.get(owner, member);
        if (typeof own !== 'function') return own;
        return async (...asked: unknown[]) => {
          world.failIfBroken(part);
          return (own as (...all: unknown[]) => unknown).apply(owner, asked);
        };
      },
    });
  return {
    ...world,
    database: breakable('database', database),
    files: breakable(
      'files',
      openFiles(() => (tree ??= growTree(root, canaries.file)), tape),
    ),
    storeCredential: (row) => database.storeCredential(row),
    removeCredential: (id) => void database.run('DELETE FROM credentials WHERE id = ?', [id]),
    migrate: (change) => migrateSensors(database.run, change),
    close() {
      database.close();
      rmSync(root, { recursive: true, force: true });
      world.close();
    },
  };
}

/** The same weather in every world. */
let reports: Map<string, string> | undefined;

/** On first use: most requests touch no file. */
async function growTree(root: string, secret: string): Promise<Files> {
  putReports(root, (reports ??= buildReports()));
  const hidden = path.posix.basename(SECRET_FOLDER);
  mkdirSync(path.join(root, hidden));
  const tree = await openTree(root);
  await tree.writeFile(`${SECRET_FOLDER}/flag.txt`, secret);
  // Somebody's shortcut, made by hand on the server one day.
  symlinkSync(`../${hidden}/flag.txt`, path.join(root, 'data', 'latest.txt'));
  return tree;
}
