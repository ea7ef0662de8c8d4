/** Where the learner's files are kept before something else takes their place. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../targets/project-path.ts';

export const SAVED = '.workbook/saved';

/** A folder that was not there before, named by the time; relative to the project folder. */
export function makeSaveFolder(project = projectFolder): string {
  mkdirSync(path.join(project, SAVED), { recursive: true });
  // Windows allows no colons.
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  for (let number = 1; ; number++) {
    const folder = `${SAVED}/${time}${number === 1 ? '' : `-${number}`}`;
    try {
      mkdirSync(path.join(project, folder));
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
