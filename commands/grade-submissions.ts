/** `npm run grade -- --class DIR`: what is said and written of a class. */
import { readFileSync } from 'node:fs';
import {
  allGraded,
  classResultSchema,
  type ClassResult,
  type GradedSubmission,
} from '../grader/classes/class-result.ts';
import { decidingDigests } from '../grader/classes/deciding-files.ts';
import { ClassProblem } from '../grader/classes/find-submissions.ts';
import { gradeClass, gradedBefore } from '../grader/classes/grade-class.ts';
import type { ClassOptions, TakenFiles } from '../grader/classes/grade-submission.ts';
import { printClass, printSubmission } from '../grader/classes/print-class.ts';
import { ClassQueue, type GradingOrder } from '../grader/classes/queue.ts';
import { findSandbox, type Sandbox } from '../grader/classes/sandbox.ts';
import { writeCsv } from '../grader/classes/write-csv.ts';
import { hashOf } from '../shared/digests.ts';
import { projectFolder } from '../shared/project-path.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { writeFile } from '../shared/write-file.ts';

/** Two that grade side by side take twice as long, and a server that stalls costs a deadline each time. */
export const SUBMISSION_DEADLINE_MS = 20 * 60_000;

export interface ClassCommand extends Pick<ClassOptions, 'topics' | 'withStretch'> {
  /** Grade in a sandbox; `unsafe`: or with the rights of whoever grades, where there is none. */
  sandbox: boolean;
  unsafe: boolean;
  /** Go on with what `json` has. */
  resume: boolean;
  /** Workers grade, who take the submissions out of the queue at this address. */
  queue: string | undefined;
  json: string | undefined;
  csv: string | undefined;
  csvBom: boolean;
}

/** Exit code: 0 if every submission could be graded, 1 if not, 2 if there is no class. */
export async function gradeSubmissions(folder: string, command: ClassCommand): Promise<never> {
  let soFar: ClassResult | undefined;
  // What was started for the submissions ends with this process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      if (soFar) printClass(soFar);
      process.exit(1);
    });
  }
  const { json, csv, csvBom } = command;
  const write = (result: ClassResult): void => {
    try {
      if (json) writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
      if (csv) writeFile(csv, writeCsv(result, csvBom));
    } catch (error) {
      // What took an hour to grade is still printed.
      const { code, path: file } = error as NodeJS.ErrnoException;
      console.error(`${file} cannot be written (${code}). The table has all results.`);
      process.exitCode = 1;
    }
  };
  try {
    const { sandbox: wanted, unsafe, resume, queue: address, ...others } = command;
    const sandbox = wanted ? sandboxOrRefusal(unsafe) : undefined;
    const queue = address === undefined ? undefined : await openQueue(address);
    if (!queue) console.log(saidOf(sandbox));
    const before = resume && json ? readEarlier(json, command) : undefined;
    const options = {
      ...others,
      deadlineMs: SUBMISSION_DEADLINE_MS,
      sandbox,
      gradedBefore: before,
      elsewhere: queue && ((files: TakenFiles) => queue.grade({ ...orderOf(command), files })),
    };
    const result = await gradeClass(folder, options, (submission, all) => {
      printSubmission(submission);
      soFar = all;
      write(all);
    });
    printClass(result);
    await queue?.close();
    // Once more, now that nothing of any submission runs that could have changed them.
    write(result);
    process.exit(allGraded(result) ? process.exitCode : 1);
  } catch (error) {
    if (!(error instanceof ClassProblem)) throw error;
    if (soFar) {
      printClass(soFar);
      write(soFar);
    }
    console.error(visibleLine(error.message));
    process.exit(2);
  }
}

export const saidOf = (sandbox: Sandbox | undefined): string =>
  `Graded ${sandbox?.name ?? 'with your own rights, in no sandbox'}.`;

const orderOf = ({ topics, withStretch }: ClassCommand): Omit<GradingOrder, 'files'> => ({
  slugs: topics.map(({ slug }) => slug),
  withStretch,
});

async function openQueue(address: string): Promise<ClassQueue> {
  const queue = await ClassQueue.open(address, hashOf(decidingDigests(projectFolder)));
  console.log(
    (await queue.hasWorkers())
      ? 'Graded by workers.'
      : 'No worker waits yet. On any machine with this workbook: npm run grade -- --worker and the same address.',
  );
  return queue;
}

/** @throws {ClassProblem} if there is none, and that is not accepted */
export function sandboxOrRefusal(unsafe: boolean): Sandbox | undefined {
  const found = findSandbox();
  if (found || unsafe) return found;
  throw new ClassProblem(
    'There is neither bubblewrap nor a container engine here that works. Install bubblewrap (Debian: apt-get install bubblewrap), or say --unsafe as well to grade with your own rights.',
  );
}

/** @throws {ClassProblem} if there is no such file, or it is none of a class */
function readEarlier(file: string, command: ClassCommand): Map<string, GradedSubmission> {
  const found = classResultSchema.safeParse(jsonIn(file));
  if (!found.success) throw new ClassProblem(`${file} holds no result of a class to go on with.`);
  const before = gradedBefore(found.data, command);
  console.log(
    before.size > 0
      ? `Goes on: ${before.size} submissions are graded already.`
      : `Begins anew: nothing in ${file} was graded for the same topics by the same workbook.`,
  );
  return before;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
