/** Builds the page, unless it was built from the same sources already. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOwnFolder } from '../../shared/own-folder.ts';
import { digests, hashOf } from '../../shared/digests.ts';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, 'dist');
const BUILT_FROM = 'built-from.txt';

/** All that decides what the page looks like; lessons show code of the last two. */
const SOURCES = [
  'package-lock.json',
  'vite.config.ts',
  'playground/index.html',
  'playground/lessons',
  'playground/src',
  'lessons',
  'grader/quiz',
  'solutions',
  'exercises/weather-server',
];

/**
 * @param starting called if there is something to do, which takes some seconds
 * @returns the folder
 */
export async function buildPage(starting: () => void): Promise<string> {
  const sources = hashOf(digests(root, SOURCES));
  if (readBuiltFrom() === sources) return built;
  starting();
  // Vite is not needed, nor loaded, when the page is there.
  const { build } = await import('vite');
  const folder = makeOwnFolder(path.join(root, '.workbook'), 'page');
  try {
    await asProduction(() =>
      build({
        configFile: path.join(root, 'vite.config.ts'),
        logLevel: 'error',
        build: { outDir: folder },
      }),
    );
    writeFileSync(path.join(folder, BUILT_FROM), sources);
    replaceFolder(built, folder, sources);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return built;
}

/**
 * The browser tests build as well, and run with another `NODE_ENV`: it would bring React's version
 * for development into the page, which is then kept.
 */
async function asProduction<Result>(work: () => Promise<Result>): Promise<Result> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Nobody sees half a page, whatever happens in between. */
function replaceFolder(old: string, made: string, sources: string): void {
  const aside = `${made}-old`;
  try {
    renameSync(old, aside);
  } catch {
    // There was none.
  }
  try {
    renameSync(made, old);
  } catch (error) {
    // Another start has built the same in the meantime.
    if (readBuiltFrom() !== sources) throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

function readBuiltFrom(): string | undefined {
  try {
    return readFileSync(path.join(built, BUILT_FROM), 'utf8');
  } catch {
    return undefined;
  }
}
