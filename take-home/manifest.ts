/** The `package.json` of a project: its packages in the versions that the workbook was proved with. */
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../shared/project-path.ts';
import { SayPlainly } from '../shared/say-plainly.ts';

/** Reads TypeScript without being asked to, and has SQLite. */
export const NODE_VERSION = '22.18';
const NODE_TYPES = '24.19.4';
/** What its scripts need. */
const TOOLS = ['@types/node', 'typescript', 'vitest'];
const NODE = 'node --disable-warning=ExperimentalWarning';

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  overrides: z.record(z.string(), z.string()),
});

/**
 * @param loaded packages that the server loads when it runs
 * @param used those that any file of the project refers to
 */
export function writeManifest(loaded: Iterable<string>, used: Iterable<string>): string {
  const workbook = manifestSchema.parse(readJson('package.json'));
  const pinned = { ...workbook.dependencies, ...workbook.devDependencies };
  const running = new Set([...loaded].filter((name) => !isBuiltin(name)));
  const all = new Set([...running, ...[...used].filter((name) => !isBuiltin(name)), ...TOOLS]);
  const types = [...all].map((name) => `@types/${name}`).filter((name) => name in pinned);
  const versions = (names: Iterable<string>): Record<string, string> =>
    Object.fromEntries([...names].toSorted().map((name) => [name, versionOf(name, pinned)]));
  const manifest = {
    name: 'weather-server',
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: `>=${NODE_VERSION}` },
    scripts: {
      start: `${NODE} src/main.ts`,
      test: 'vitest run',
      types: 'tsc',
      audit: `${NODE} attacks/commands/audit.ts`,
      'audit:here': `${NODE} attacks/audit-here.ts`,
    },
    dependencies: versions(running),
    devDependencies: versions([...all, ...types].filter((name) => !running.has(name))),
    overrides: workbook.overrides,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function versionOf(name: string, pinned: Record<string, string>): string {
  if (name === '@types/node') return NODE_TYPES;
  const known = pinned[name];
  if (known !== undefined) return known;
  // A package of a package, that a learner's file imports all the same.
  const file = path.join('node_modules', name, 'package.json');
  if (!existsSync(path.join(projectFolder, file))) {
    throw new SayPlainly(`A file imports ${name}, a package that the workbook does not have.`);
  }
  return z.object({ version: z.string() }).parse(readJson(file)).version;
}

const readJson = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8')) as unknown;
