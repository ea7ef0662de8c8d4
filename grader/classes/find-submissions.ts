/** Which entries of a folder are submissions: its folders, and what somebody meant as one. */
import { readdirSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { curriculum } from '../../catalogue/curriculum.ts';
import { isArchive, isByproduct } from '../hand-in/list-files.ts';

/** A folder that holds no class. The message is for people. */
export class ClassProblem extends Error {
  override readonly name = 'ClassProblem';
}

export interface Submission {
  /** As it is on the disk. */
  entry: string;
  /** The same with composed letters, which packers of some systems take apart; unique in the class. */
  name: string;
  /** Why it cannot be looked into. */
  problem?: string;
}

/** In the order of their names. What systems and tools add, and other files, are none. */
export function findSubmissions(folder: string): Submission[] {
  const entries = entriesOf(folder);
  const folders = new Set(entries.filter((one) => one.isDirectory()).map(({ name }) => name));
  if (folders.has('exercises') || curriculum.some(({ slug }) => folders.has(slug))) {
    throw new ClassProblem(
      `${folder} holds exercises, as one submission does. --class wants a folder that holds one folder per submission.`,
    );
  }
  const found = entries.flatMap((entry) => submissionIn(entry, folders));
  if (folders.size === 0 && found.length === 0) {
    throw new ClassProblem(
      `${folder} holds no folders. --class wants one folder per submission; unpack archives first.`,
    );
  }
  const names = found.map(({ entry }) => entry.normalize('NFC'));
  return found.map((one, index) => ({
    ...one,
    name: names.filter((name) => name === names[index]).length > 1 ? one.entry : one.name,
  }));
}

function submissionIn(entry: Dirent, folders: ReadonlySet<string>): Submission[] {
  const own = { entry: entry.name, name: entry.name.normalize('NFC') };
  if (entry.isDirectory()) return [own];
  if (entry.isSymbolicLink()) {
    return [{ ...own, problem: 'It is a link, and links are not followed.' }];
  }
  if (isArchive(entry.name) && !folders.has(path.parse(entry.name).name)) {
    return [{ ...own, problem: 'It is an archive: unpack it into a folder of its own.' }];
  }
  if (/\.[cm]?[jt]s$/i.test(entry.name)) {
    const problem =
      'It is a file by itself: put it into a folder of its own, as NN-…/ and the name of the stub.';
    return [{ ...own, problem }];
  }
  return [];
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !isByproduct(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new ClassProblem(
      `${folder} cannot be read (${(error as NodeJS.ErrnoException).code}). --class wants a folder that holds one folder per submission.`,
    );
  }
}
