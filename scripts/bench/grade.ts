/** How long grading takes, from the command to its end. */
import { compareTimes, timed, type Timed } from './compare-times.ts';
import { withFloor } from './floor.ts';
import type { Measurement } from './measurement.ts';
import { runNode } from './run-node.ts';

const gradeReference = (title: string, topics: string[]): Timed => ({
  title,
  run: () =>
    timed(() => runNode(['scripts/run.mjs', 'commands/grade.ts', ...topics, '--solutions'])),
});

export const grade: Measurement = {
  name: 'grade',
  method:
    '`npm run grade -- --solutions`, without npm, in a new process each time, with every check passed; against `vitest run` of one empty test. One after the other, five rounds.',
  run: () =>
    withFloor((floor) =>
      compareTimes(
        [floor, gradeReference('one topic (10)', ['10']), gradeReference('all topics', [])],
        [floor],
        { rounds: 5 },
      ),
    ),
};
