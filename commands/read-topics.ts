import { selectTopics, type Topic } from '../catalogue/curriculum.ts';
import { readCommandLine } from '../shared/command-line.ts';

/** The topics that a command line names, which has nothing else; none means all. */
export const readTopics = (command: string): Topic[] =>
  readCommandLine(
    `Usage: npm run ${command} -- [topic …]
  topic   a number or a name: 10, rate-limits, 10-rate-limits; none means all`,
    {},
    (_options, words) => selectTopics(words),
  );
