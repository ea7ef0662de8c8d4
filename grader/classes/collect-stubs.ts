/**
 * What is taken of a submission: the stub files of the curriculum, and nothing else. They are read as
 * text, never through a link, which could lead to files of whoever grades.
 */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf } from '../../catalogue/curriculum.ts';

/** A stub has about two kilobytes, a long solution ten. */
const MOST_BYTES = 256 * 1024;

export interface CollectedStubs {
  /** By file, relative to a workbook. */
  texts: Map<string, string>;
  /** Files that were not taken, and why. */
  notes: string[];
}

/** @param submission a folder with `exercises/NN-…/*.ts` or `NN-…/*.ts` */
export function collectStubs(submission: string): CollectedStubs {
  const isWorkbook = isFolder(path.join(submission, 'exercises'));
  const collected: CollectedStubs = { texts: new Map(), notes: [] };
  for (const topic of curriculum) {
    for (const file of filesOf(topic)) {
      const stub = `exercises/${topic.slug}/${file}`;
      const place = isWorkbook ? stub : `${topic.slug}/${file}`;
      const taken = read(submission, place);
      if ('text' in taken) collected.texts.set(stub, taken.text);
      else if (taken.note) collected.notes.push(`${place} was not taken: ${taken.note}.`);
    }
  }
  return collected;
}

function read(submission: string, place: string): { text: string } | { note?: string } {
  try {
    const names = place.split('/');
    for (let depth = 1; depth < names.length; depth++) {
      const folder = path.join(submission, ...names.slice(0, depth));
      if (lstatSync(folder).isSymbolicLink()) return { note: 'its folder is a link' };
    }
    const file = path.join(submission, place);
    const { size, ...stats } = statsOf(file);
    if (stats.isLink) return { note: 'it is a link' };
    if (!stats.isFile) return { note: 'it is not a file' };
    if (size > MOST_BYTES) return { note: `it has more than ${MOST_BYTES / 1024} KiB` };
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? {} : { note: `it cannot be read (${code})` };
  }
}

function statsOf(file: string): { size: number; isLink: boolean; isFile: boolean } {
  const stats = lstatSync(file);
  return { size: stats.size, isLink: stats.isSymbolicLink(), isFile: stats.isFile() };
}

const isFolder = (place: string): boolean =>
  lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
