/**
 * Grades the workbook in whose copy it lies, and tells the process that started it: over a socket, which
 * nobody else can open, or where none can be had in a line with a token; and in no file, which everybody
 * could change.
 */
import { createInterface } from 'node:readline';
import { selectTopics } from '../../catalogue/curriculum.ts';
import { gradeWithVitest } from '../grading/grade-with-vitest.ts';
import type { ClassRequest } from './grade-submission.ts';
import type { LineRequest } from './run-apart.ts';

/** With nobody left to tell, what was started for it ends as well. */
function leave(): never {
  try {
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  } catch {
    // In a sandbox all end with this one.
  }
  process.exit(1);
}

async function grade({ slugs, withStretch }: ClassRequest): Promise<object> {
  const topics = selectTopics(slugs);
  return gradeWithVitest({ topics, target: 'student', withStretch }, () => undefined);
}

if (process.send) {
  process.once('disconnect', leave);
  process.once('message', (request: ClassRequest) => {
    void grade(request).then((result) => process.send?.(result, () => process.exit(0)));
  });
} else {
  const lines = createInterface({ input: process.stdin });
  lines.once('close', leave);
  lines.once('line', (line) => {
    const { token, request } = JSON.parse(line) as LineRequest;
    void grade(request as ClassRequest).then((result) => {
      process.stdout.write(`${token} ${JSON.stringify(result)}\n`, () => process.exit(0));
    });
  });
}
