/** Files of a hand-in that seem to be meant as a stub, and are not where, or not called as, they should be. */
import { curriculum, filesOf } from '../../catalogue/curriculum.ts';
import { childrenOf, type FileTree } from './list-files.ts';

/**
 * Where in the tree the workbook begins: packers put everything into a folder, and some into two. Empty,
 * or ends in `/`.
 */
export function baseOf(tree: FileTree): string {
  let base = '';
  for (let depth = 0; depth < 5; depth++) {
    const names = childrenOf(tree, base);
    const isHere = names.some((name) => name === 'exercises' || slugs.has(name));
    const folders = names.filter((name) => tree.get(base + name)?.kind === 'folder');
    const [only] = folders;
    if (isHere || only === undefined || folders.length > 1) return base;
    base += `${only}/`;
  }
  return base;
}

/**
 * By stub, relative to a workbook: places in the tree.
 *
 * @param known places that are stubs, or were taken
 */
export function findMisplaced(tree: FileTree, known: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [place, { kind }] of tree) {
    if (kind === 'folder' || known.has(place) || place.includes('exercises/weather-server/'))
      continue;
    const stub = stubMeantBy(place.slice(place.lastIndexOf('/') + 1));
    if (stub) found.set(stub, [...(found.get(stub) ?? []), place]);
  }
  return found;
}

const MOST_NAMED = 3;

/** In words; one that lies beside the stub by its name alone. Undefined: there is none. */
export function describeFound(stub: string, places: string[]): string | undefined {
  if (places.length === 0) return undefined;
  const folder = stub.slice(0, stub.lastIndexOf('/') + 1);
  const named = places
    .slice(0, MOST_NAMED)
    .map((place) => (isIn(folder, place) ? place.slice(folder.length) : place));
  const rest = places.length - named.length;
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(' and ');
}

const isIn = (folder: string, place: string): boolean =>
  place.startsWith(folder) && !place.slice(folder.length).includes('/');

const slugs: ReadonlySet<string> = new Set(curriculum.map(({ slug }) => slug));

/** By the letters of its name; the longest first, since some names end like others. */
const stubsByLetters = curriculum
  .flatMap(({ slug, ...topic }) =>
    filesOf({ slug, ...topic }).map((name) => ({
      letters: lettersOf(name.replace(/\.ts$/, '')),
      file: `exercises/${slug}/${name}`,
    })),
  )
  .sort((a, b) => b.letters.length - a.letters.length);

/** `City-Input (1).ts`, `city-input.js` and `city_input-final.ts.txt` all mean a city-input.ts. */
function stubMeantBy(name: string): string | undefined {
  const isCode = /\.[cm]?[jt]sx?(\.txt)?$/i.test(name);
  if (!isCode || /\.(test|spec|d)\.[a-z]+$/i.test(name)) return undefined;
  const letters = lettersOf(name);
  return stubsByLetters.find((stub) => letters.includes(stub.letters))?.file;
}

function lettersOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}
