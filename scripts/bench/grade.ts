/** How long grading takes, from the command to its end. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { compareTimes, timed, type Timed } from './compare-times.ts';
import { withFloor } from './floor.ts';
import type { Measurement } from './measurement.ts';
import { root, runNode } from './run-node.ts';

/** Where the command is; it was elsewhere once. */
const COMMANDS = ['commands/grade.ts', 'grader/commands/grade.ts'];

function gradeReference(folder: string, title: string, topics: string[]): Timed {
  const command = COMMANDS.find((file) => existsSync(path.join(folder, file)));
  if (!command) throw new Error(`${folder} is no workbook: it has no ${COMMANDS[0]}.`);
  return {
    title,
    run: () => timed(() => runNode(['scripts/run.mjs', command, ...topics, '--solutions'], folder)),
  };
}

const gradesOf = (folder: string, whose: string): [Timed, Timed] => [
  gradeReference(folder, `one topic (10)${whose}`, ['10']),
  gradeReference(folder, `all topics${whose}`, []),
];

export const grade: Measurement = {
  name: 'grade',
  method:
    '`npm run grade -- --solutions`, without npm, in a new process each time, with every check passed; against `vitest run` of one empty test. One after the other, five rounds. With `--against FOLDER`, the same in another build of the workbook, in the same rounds.',
  run: (against) =>
    withFloor((floor) => {
      const others = against === undefined ? [] : gradesOf(path.resolve(against), ', there');
      return compareTimes([floor, ...gradesOf(root, ''), ...others], [floor, ...others], {
        rounds: 5,
      });
    }),
};
