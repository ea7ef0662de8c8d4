/**
 * Grades the workbook in whose copy it lies, and tells the process that started it: over a socket,
 * which nobody else can open, and in no file, which everybody could change.
 */
import { selectTopics } from '../../catalogue/curriculum.ts';
import { gradeWithVitest } from '../grading/grade-with-vitest.ts';
import type { ClassRequest } from './grade-submission.ts';

// With nobody left to tell, what was started for it ends as well.
process.once('disconnect', () => {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  process.exit(1);
});
process.once('message', ({ slugs, withStretch }: ClassRequest) => {
  void gradeWithVitest(
    { topics: selectTopics(slugs), target: 'student', withStretch },
    () => undefined,
  ).then((result) => process.send?.(result, () => process.exit(0)));
});
