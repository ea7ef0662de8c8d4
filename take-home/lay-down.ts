/** Puts a project where it is wanted: whole, or not at all. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../shared/project-path.ts';
import { SayPlainly } from '../shared/say-plainly.ts';

/**
 * @param folder absolute; what lies above it is there, and it is not
 * @param files texts by place in it
 * @throws `SayPlainly`, in one line
 */
export function layDown(folder: string, files: ReadonlyMap<string, string>): void {
  const beside = makeFolderBeside(folder);
  const forget = (): void => rmSync(beside, { recursive: true, force: true });
  // Somebody may end the command while it writes.
  process.once('exit', forget);
  try {
    for (const [place, text] of files) {
      const file = path.join(beside, place);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
    }
    chmodSync(beside, 0o777 & ~process.umask());
    // Nobody else's: a name that was taken meanwhile stays as it is.
    if (isThere(folder)) throw taken(folder);
    renameSync(beside, folder);
  } catch (error) {
    forget();
    throw asSentence(error, folder);
  } finally {
    process.off('exit', forget);
  }
}

/** Checks the place, and makes a folder with another name in it. */
function makeFolderBeside(folder: string): string {
  const parent = path.dirname(folder);
  try {
    if (isThere(folder)) throw taken(folder);
    const real = realpathSync(parent);
    if (`${real}${path.sep}`.startsWith(`${realpathSync(projectFolder)}${path.sep}`)) {
      throw new SayPlainly(
        `${folder} would lie in the workbook. Name a folder outside of it, such as ../${path.basename(folder)}.`,
      );
    }
    return mkdtempSync(path.join(real, `.${path.basename(folder)}-`));
  } catch (error) {
    throw asSentence(error, folder);
  }
}

const isThere = (place: string): boolean =>
  lstatSync(place, { throwIfNoEntry: false }) !== undefined;

const taken = (folder: string): SayPlainly =>
  new SayPlainly(
    `${folder} is there already, and stays as it is. Name a folder that is not there yet.`,
  );

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the drive is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  ENOENT: 'the folder in which it should lie is not there',
  ENOTDIR: 'a part of its path is a file',
  ENAMETOOLONG: 'its name is too long',
};

function asSentence(error: unknown, folder: string): SayPlainly {
  if (error instanceof SayPlainly) return error;
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  return new SayPlainly(`${folder} was not written: ${WHY[code] ?? message} (${code}).`);
}
