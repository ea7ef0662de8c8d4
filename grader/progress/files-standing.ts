/** Whether what is known of a topic still is about the learner's files as they are now. */
import { isUntouched, stubsOf } from '../../catalogue/shipped-stubs.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { digests, hashOf } from '../../shared/digests.ts';
import { projectFolder } from '../../shared/project-path.ts';
import type { TopicProgress } from './progress.ts';

/**
 * `as-graded`: what the latest grade found is about these files. `changed`: they were saved since, or
 * were never graded. `as-shipped`: nothing of the learner's is in them, so nothing is solved by them.
 */
export type FilesStanding = 'as-graded' | 'changed' | 'as-shipped';

/** SHA-256 of the learner's files of a topic; those of other topics are not among them. */
export const digestOfFiles = (topic: Topic): string =>
  hashOf(digests(projectFolder, stubsOf(topic)));

export function filesStanding(topic: Topic, { grade }: TopicProgress = {}): FilesStanding {
  if (grade?.files !== undefined && grade.files === digestOfFiles(topic)) return 'as-graded';
  if (isUntouched(topic)) return 'as-shipped';
  // Earlier workbooks did not write down which files they had graded.
  return grade && grade.files === undefined ? 'as-graded' : 'changed';
}
