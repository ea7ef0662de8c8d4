/** The checks as vitest runs them: the same for `npm run grade` and `npm run grade:ui`. */
import { BaseSequencer, type TestUserConfig } from 'vitest/node';
import type { Topic } from '../../catalogue/curriculum.ts';
import type { Pins } from '../progress/pins.ts';
import { projectFolder } from '../../shared/project-path.ts';

export interface GradeRequest {
  topics: Topic[];
  target: 'student' | 'reference';
  withStretch: boolean;
}

/** Checks of one file that may wait for the lab at the same time; how many run is the lab's to say. */
const CHECKS_AT_ONCE = 8;

export const checksFile = (slug: string): string => `grader/checks/${slug}.test.ts`;

export const runnerConfig = (
  { topics, target, withStretch }: GradeRequest,
  pins: Pins,
): TestUserConfig & { config: false; root: string } => ({
  root: projectFolder,
  config: false,
  include: topics.map(({ slug }) => checksFile(slug)),
  isolate: false,
  fileParallelism: false,
  maxConcurrency: CHECKS_AT_ONCE,
  sequence: { sequencer: InOrder },
  provide: {
    gradedTarget: target,
    withStretch,
    // The other topics' own checks have fired them all.
    wholeServerWithAllPayloads: topics.length === 1,
    pins,
  },
});

/** The order of the curriculum, which is that of the file names. */
class InOrder extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]): Promise<typeof files> {
    return files.sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
  }
}
