/** The files beside the stubs, as far as stubs import them: a solution may be written in parts. */
import { existsSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { curriculum, filesOf } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';
import type { Read } from './read-entry.ts';
import { importsIn } from './source-text.ts';

const MOST_HELPERS = 100;
const packageFolders =
  createRequire(path.join(projectFolder, 'package.json')).resolve.paths('x') ?? [];
const stubs: ReadonlySet<string> = new Set(
  curriculum.flatMap((topic) => filesOf(topic).map((name) => `exercises/${topic.slug}/${name}`)),
);

/**
 * Adds to `files` what they import, and says which of their imports will fail.
 *
 * @param files by place in a workbook
 * @param sourceOf the place in the hand-in of a file of a workbook
 */
export function takeHelpers(
  files: Map<string, Buffer>,
  sourceOf: (file: string) => string,
  read: (place: string) => Read,
): string[] {
  const notes: string[] = [];
  const waiting = [...files.keys()];
  let taken = 0;
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    for (const specifier of importsIn(files.get(file)?.toString('utf8') ?? '')) {
      const why = take(file, specifier);
      if (why)
        notes.push(`${sourceOf(file)} could not be loaded: it imports ${specifier}, ${why}.`);
    }
  }
  return notes;

  /** Why it will fail, or undefined. */
  function take(importer: string, specifier: string): string | undefined {
    if (!/^\.\.?(\/|$)/.test(specifier)) return aboutPackage(specifier);
    const wanted = path.posix.join(path.posix.dirname(importer), specifier.replace(/[?#].*$/s, ''));
    if (!wanted.startsWith('exercises/')) {
      return 'which is outside of exercises/ and is not handed in with it';
    }
    const spellings = spellingsOf(wanted);
    if (spellings.some((file) => files.has(file) || stubs.has(file))) return undefined;
    if (wanted.startsWith('exercises/weather-server/')) {
      const isThere = spellings.some((file) => existsSync(path.join(projectFolder, file)));
      return isThere ? undefined : 'which the weather server of the workbook does not have';
    }
    for (const file of spellings) {
      const found = read(sourceOf(file).normalize('NFC'));
      if (!found) continue;
      if ('note' in found) return `which was not taken: ${found.note}`;
      if (!mayBeTaken(file)) return 'which is no source file';
      if (++taken > MOST_HELPERS) return `which was not taken: there are more than ${MOST_HELPERS}`;
      files.set(file, found.bytes);
      waiting.push(file);
      return undefined;
    }
    return 'which is not there';
  }
}

/** As they are tried when the file is loaded: `./a.js` may be an `a.ts`, and so may `./a`. */
export const spellingsOf = (file: string): string[] => [
  file,
  file.replace(/\.([cm]?)js$/, '.$1ts'),
  `${file}.ts`,
  `${file}.js`,
  `${file}/index.ts`,
];

/** A manifest in a folder would change how the files beside it are read. */
const mayBeTaken = (file: string): boolean =>
  /\.([cm]?[jt]s|json)$/.test(file) && !/(^|\/)(package|tsconfig)\.json$/.test(file);

function aboutPackage(specifier: string): string | undefined {
  const [scope = '', name = ''] = specifier.split('/');
  const own = scope.startsWith('@') ? `${scope}/${name}` : scope;
  const isKnown =
    /^[a-z]+:/.test(specifier) ||
    builtinModules.includes(own) ||
    !/^(@[\w.-]+\/)?[\w.-]+$/.test(own) ||
    // A copy of the workbook has its packages further up.
    packageFolders.some((folder) => existsSync(path.join(folder, own)));
  return isKnown ? undefined : 'a package that the workbook does not have';
}
