/** The checks as vitest runs them: the same for `npm run grade` and `npm run grade:ui`. */
import { BaseSequencer, type TestUserConfig } from 'vitest/node';
import { projectFolder } from '../../shared/project-path.ts';
import type { PlannedTopic } from './grade-steps.ts';

/** Checks of one file that may wait for the lab at the same time; how many run is the lab's to say. */
const CHECKS_AT_ONCE = 8;

export const checksFile = (slug: string): string => `grader/checks/${slug}.test.ts`;

/** @param checkChannel name of the channel on which the engine answers */
export const runnerConfig = (
  topics: PlannedTopic[],
  checkChannel: string,
): TestUserConfig & { config: false; root: string } => ({
  root: projectFolder,
  config: false,
  include: topics.map(({ slug }) => checksFile(slug)),
  // A thread of this process, which the channel reaches; nothing of a learner's runs in it.
  pool: 'threads',
  isolate: false,
  fileParallelism: false,
  maxConcurrency: CHECKS_AT_ONCE,
  sequence: { sequencer: InOrder },
  provide: {
    checkChannel,
    plannedChecks: Object.fromEntries(topics.map(({ slug, checks }) => [slug, checks])),
  },
});

/** The order of the curriculum, which is that of the file names. */
class InOrder extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]): Promise<typeof files> {
    return files.sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
  }
}
