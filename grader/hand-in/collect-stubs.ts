/**
 * What is taken of a hand-in: the stub files of the curriculum, and the files in `exercises/` that they
 * import. Nothing is read through a link, which could lead to files of whoever grades, and nothing is
 * guessed: a file that seems to be meant is named, and stays where it is.
 */
import { curriculum, filesOf, type Topic } from '../../catalogue/curriculum.ts';
import { shippedTextOf } from '../../catalogue/shipped-stubs.ts';
import { baseOf, describeFound, findMisplaced } from './misplaced.ts';
import { takeHelpers } from './helpers.ts';
import { isArchive, listFiles } from './list-files.ts';
import { readEntry } from './read-entry.ts';
import { faultIn, namesSolutions } from './source-text.ts';

export interface CollectedStubs {
  /** By file, relative to a workbook. */
  files: Map<string, Buffer>;
  /** What is missing, was not taken, or will not load, and why. */
  notes: string[];
  /** Set if no stub of any topic was found in its place. */
  problem?: string;
}

/**
 * @param folder with `exercises/NN-…/*.ts` or `NN-…/*.ts`, perhaps in a folder that a packer added
 * @param topics those that notes are wanted of; stubs of all are taken
 */
export function collectStubs(
  folder: string,
  topics: readonly Topic[] = curriculum,
): CollectedStubs {
  const tree = listFiles(folder);
  const base = baseOf(tree);
  const inWorkbook = tree.get(`${base}exercises`)?.kind === 'folder';
  /** Place in the hand-in of a file of a workbook. */
  const sourceOf = (file: string): string =>
    base + (inWorkbook ? file : file.slice('exercises/'.length));
  const files = new Map<string, Buffer>();
  const notes: string[] = [];

  const stubs = curriculum.flatMap((topic) =>
    filesOf(topic).map((name) => ({ topic, name, file: `exercises/${topic.slug}/${name}` })),
  );
  /** Stubs that are not there at all. */
  const missing = new Set<string>();
  for (const { file } of stubs) {
    const read = readEntry(tree, sourceOf(file));
    if (read === undefined) missing.add(file);
    else if ('bytes' in read) files.set(file, read.bytes);
    else notes.push(`${sourceOf(file)} was not taken: ${read.note}.`);
  }
  if (tree.get(`${base}exercises`)?.kind === 'link') {
    notes.push(`${base}exercises is a link, and links are not followed.`);
  }
  const isEmpty = files.size === 0;
  const helpers = takeHelpers(files, sourceOf, (place) => readEntry(tree, place));
  for (const [file, bytes] of files) {
    const about = aboutText(bytes);
    if (about) notes.push(`${sourceOf(file)} ${about}.`);
  }
  notes.push(...helpers);

  const misplaced = findMisplaced(
    tree,
    new Set([...files.keys(), ...stubs.map(({ file }) => file)].map(sourceOf)),
  );
  const absent: string[] = [];
  for (const topic of topics) {
    const own = stubs.filter((stub) => stub.topic === topic);
    const isKnown = own.some(({ file }) => !missing.has(file) || misplaced.has(file));
    if (!isKnown) absent.push(topic.slug.slice(0, 2));
    for (const { file, name } of isKnown ? own : []) {
      const found = describeFound(sourceOf(file), misplaced.get(file) ?? []);
      if (missing.has(file)) {
        const instead = found ? `; found ${found}` : '';
        notes.push(`${inWorkbook ? 'exercises/' : ''}${topic.slug}/${name} is missing${instead}.`);
      } else if (found) {
        const isShipped = files.get(file)?.toString('utf8') === shippedTextOf(file);
        notes.push(
          `${sourceOf(file)} is what counts${isShipped ? ', and is as it was shipped' : ''}; found ${found} as well.`,
        );
      }
    }
  }
  if (absent.length > 0) notes.push(`There is nothing of topic ${absent.join(', ')}.`);
  if (isEmpty || missing.size > 0) {
    const archives = [...tree.keys()].filter(isArchive).slice(0, 3);
    for (const archive of archives) notes.push(`${archive} is an archive: unpack it first.`);
  }
  if (!isEmpty) return { files, notes };
  const problem =
    misplaced.size > 0
      ? 'None of its files is in its place: exercises/NN-…/*.ts or NN-…/*.ts.'
      : 'It has no exercise files: neither exercises/NN-…/*.ts nor NN-…/*.ts.';
  return { files, notes: notes.filter((note) => !note.startsWith('There is nothing')), problem };
}

function aboutText(bytes: Buffer): string | undefined {
  const fault = faultIn(bytes);
  if (fault) return fault;
  return namesSolutions(bytes.toString('utf8'))
    ? 'names the folder solutions: see what it does there'
    : undefined;
}
