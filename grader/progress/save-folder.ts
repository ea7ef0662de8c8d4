/** Where the learner's files are kept before something else takes their place. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { claimStamp } from './claim-stamp.ts';
import { projectFolder } from '../../shared/project-path.ts';

export const SAVED = '.workbook/saved';

/** A folder that was not there before, named by the time; relative to the project folder. */
export function makeSaveFolder(project = projectFolder): string {
  mkdirSync(path.join(project, SAVED), { recursive: true });
  return claimStamp(new Date(), (stamp) => {
    const folder = `${SAVED}/${stamp}`;
    mkdirSync(path.join(project, folder));
    return folder;
  });
}
