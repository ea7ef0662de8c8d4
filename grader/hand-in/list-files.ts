/** What lies in a hand-in: names, without what systems and tools add, and never behind a link. */
import { readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';

interface Entry {
  kind: 'file' | 'folder' | 'link' | 'other';
  /** As the disk spells it, whole. */
  place: string;
}

/** By the place in the hand-in, with `/` and composed letters (NFC), whatever packed it. */
export type FileTree = ReadonlyMap<string, Entry>;

/** A clone of the workbook has a tenth of that, without packages. */
const MOST_ENTRIES = 10_000;
const MOST_IN_A_FOLDER = 500;
const MOST_DEPTH = 8;
const ADDED_BY_SYSTEMS = new Set([
  '__macosx',
  '$recycle.bin',
  'system volume information',
  'thumbs.db',
  'desktop.ini',
  '@eadir',
  'node_modules',
  'dist',
]);

/** Whether a system or a tool made it; nobody hands it in. */
export const isByproduct = (name: string): boolean =>
  name.startsWith('.') || ADDED_BY_SYSTEMS.has(name.toLowerCase());

export const isArchive = (name: string): boolean => /\.(zip|rar|7z|tar|tgz|gz|bz2|xz)$/i.test(name);

/** Folder by folder, from the top, so that what is deep or many hides nothing that is near. */
export function listFiles(folder: string): FileTree {
  const tree = new Map<string, Entry>();
  const waiting = [{ within: '', place: folder, depth: 1 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { within, place, depth } = next;
    const entries = entriesOf(place);
    // The rooms of a cloned workbook have files with the same names, and none of them is handed in.
    const rooms = entries.some(({ name }) => name === 'exercises') ? workbookRooms() : undefined;
    const own = entries.filter(({ name }) => !isByproduct(name) && !rooms?.has(name));
    for (const entry of own.slice(0, MOST_IN_A_FOLDER)) {
      if (tree.size >= MOST_ENTRIES) return tree;
      const kind = kindOf(entry);
      const at = { kind, place: path.join(place, entry.name) };
      const key = `${within}${entry.name.normalize('NFC')}`;
      tree.set(key, at);
      if (kind === 'folder' && depth < MOST_DEPTH) {
        waiting.push({ within: `${key}/`, place: at.place, depth: depth + 1 });
      }
    }
  }
  return tree;
}

/** Names of what is directly in a folder of the tree; `within` is empty or ends in `/`. */
export const childrenOf = (tree: FileTree, within: string): string[] =>
  [...tree.keys()]
    .filter((place) => place.startsWith(within) && !place.slice(within.length).includes('/'))
    .map((place) => place.slice(within.length));

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // A folder that nobody may read has nothing to take.
  }
}

function kindOf(entry: Dirent): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

function workbookRooms(): Set<string> {
  const folders = entriesOf(projectFolder).filter((entry) => entry.isDirectory());
  return new Set(folders.map(({ name }) => name).filter((name) => name !== 'exercises'));
}
