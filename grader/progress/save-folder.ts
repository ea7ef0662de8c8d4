/** Where the learner's files are kept before something else takes their place. */
import { lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { claimStamp } from './claim-stamp.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { SayPlainly } from '../../shared/say-plainly.ts';

export const SAVED = '.workbook/saved';

/**
 * A folder that was not there before, named by the time; relative to the project folder.
 *
 * @throws SayPlainly if a link leads elsewhere
 */
export function makeSaveFolder(project = projectFolder): string {
  for (const place of [path.dirname(SAVED), SAVED]) {
    if (lstatSync(path.join(project, place), { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new SayPlainly(
        `${place} is a link, so that nothing was saved there, and nothing overwritten. Put a folder in its place.`,
      );
    }
  }
  mkdirSync(path.join(project, SAVED), { recursive: true });
  return claimStamp(new Date(), (stamp) => {
    const folder = `${SAVED}/${stamp}`;
    mkdirSync(path.join(project, folder));
    return folder;
  });
}
