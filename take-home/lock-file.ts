/**
 * The lock file of a project: of the workbook's own, what the project needs, so that what comes with
 * its packages is what the workbook was proved with. `npm install` adds what is not in there.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../shared/project-path.ts';

const names = z.record(z.string(), z.string()).default({});
const entry = z.looseObject({
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.unknown()).default({}),
  version: z.string().optional(),
});
const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });
const lockSchema = z.looseObject({ packages: z.record(z.string(), z.unknown()) });

/** @param manifest text of the project's `package.json` */
export function writeLockFile(manifest: string): string {
  const root = manifestSchema.parse(JSON.parse(manifest));
  const workbook: unknown = JSON.parse(
    readFileSync(path.join(projectFolder, 'package-lock.json'), 'utf8'),
  );
  const { packages, ...about } = lockSchema.parse(workbook);
  const needed = new Set<string>();
  const need = (from: string, text: unknown): void => {
    const { dependencies, devDependencies, optionalDependencies, ...peers } = entry.parse(text);
    const own = from === '' ? { ...dependencies, ...devDependencies } : dependencies;
    const needsBeside = Object.keys(peers.peerDependencies).filter(
      (name) => !(name in peers.peerDependenciesMeta),
    );
    for (const name of [...Object.keys({ ...optionalDependencies, ...own }), ...needsBeside]) {
      const place = placesOf(name, from).find((one) => one in packages);
      if (place === undefined || needed.has(place)) continue;
      // The project may pin another version than the workbook.
      if (from === '' && entry.parse(packages[place]).version !== own[name]) continue;
      needed.add(place);
      need(place, packages[place]);
    }
  };
  need('', root);
  const { name, version, scripts: _scripts, type: _type, ...asked } = root;
  const kept = Object.entries(packages).filter(([place]) => needed.has(place));
  const lock = {
    ...about,
    name,
    version,
    packages: { '': { name, version, ...asked }, ...Object.fromEntries(kept) },
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Where a package is looked for, the nearest first. */
function placesOf(name: string, from: string): string[] {
  const folders = from.split('/node_modules/');
  return folders
    .map((_folder, depth) => folders.slice(0, folders.length - depth).join('/node_modules/'))
    .map((folder) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}`)
    .concat(`node_modules/${name}`);
}
