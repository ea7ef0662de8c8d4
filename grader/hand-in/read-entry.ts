import { readFileSync, statSync } from 'node:fs';
import type { FileTree } from './list-files.ts';

/** A stub has about two kilobytes, a long solution ten. */
const MOST_BYTES = 256 * 1024;

export type Read = { bytes: Buffer } | { note: string } | undefined;

/** A file by its place in the tree, never through a link. Undefined: there is none. */
export function readEntry(tree: FileTree, place: string): Read {
  const names = place.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    if (tree.get(names.slice(0, depth).join('/'))?.kind === 'link') {
      return { note: 'its folder is a link' };
    }
  }
  const entry = tree.get(place);
  if (!entry) return undefined;
  if (entry.kind === 'link') return { note: 'it is a link' };
  if (entry.kind !== 'file') return { note: 'it is not a file' };
  try {
    if (statSync(entry.place).size > MOST_BYTES) {
      return { note: `it has more than ${MOST_BYTES / 1024} KiB` };
    }
    return { bytes: readFileSync(entry.place) };
  } catch (error) {
    return { note: `it cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
