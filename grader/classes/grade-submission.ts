/** Grades one submission: its stubs among shipped ones, in a copy of the workbook, by a deadline. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyWorkbook } from '../../shared/copy-workbook.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import {
  allPassed,
  readGradeResult,
  ResultProblem,
  type GradeResult,
} from '../grading/grade-result.ts';
import { neededEnvironment } from '../../lab/target-process.ts';
import { layShippedStubs } from '../../catalogue/shipped-stubs.ts';
import type { GradedSubmission } from './class-result.ts';
import { collectStubs } from './collect-stubs.ts';

export interface ClassOptions {
  topics: Topic[];
  withStretch: boolean;
  /** How long one submission may take. */
  deadlineMs: number;
}

/** Of what a run printed, its end is kept, for the case that it left no result. */
const MOST_OUTPUT = 4_000;
const RESULT = '.workbook/class-result.json';

/** Settles with a problem where there is one; a submission never stops the class. */
export async function gradeSubmission(
  folder: string,
  options: ClassOptions,
): Promise<GradedSubmission> {
  const name = path.basename(folder);
  const { texts, notes } = collectStubs(folder);
  if (texts.size === 0) {
    const problem = 'It has no exercise files: neither exercises/NN-…/*.ts nor NN-…/*.ts.';
    return { name, notes, problem };
  }
  const copy = copyWorkbook('class');
  process.once('exit', copy.remove);
  try {
    layShippedStubs(copy.folder);
    for (const [stub, text] of texts) writeFileSync(path.join(copy.folder, stub), text);
    return { name, notes, ...(await grade(copy.folder, options)) };
  } finally {
    process.off('exit', copy.remove);
    copy.remove();
  }
}

async function grade(
  workbook: string,
  { topics, withStretch, deadlineMs }: ClassOptions,
): Promise<{ result: GradeResult } | { problem: string }> {
  const slugs = topics.map(({ slug }) => slug);
  const stretch = withStretch ? ['--stretch'] : [];
  const args = ['scripts/run.mjs', 'commands/grade.ts', ...slugs, '--json', RESULT];
  // A group of its own, so that nothing that it started stays.
  const child = spawn(process.execPath, [...args, ...stretch], {
    cwd: workbook,
    env: neededEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const end = (): void => endGroup(child);
  process.prependOnceListener('exit', end);
  const { code, output, wasLate } = await ended(child, deadlineMs);
  process.off('exit', end);
  if (wasLate) {
    return { problem: `It was not graded within ${Math.ceil(deadlineMs / 60_000)} minutes.` };
  }
  try {
    const result = readGradeResult(readFileSync(path.join(workbook, RESULT), 'utf8'));
    const graded = result.topics.map(({ slug }) => slug);
    // A submission that writes the file itself must also end its grader, and then this does not fit.
    const isWhole = code === (allPassed(result) ? 0 : 1) && graded.join() === slugs.join();
    if (isWhole) return { result };
    return { problem: `The result that it left does not fit how grading ended (${code}).` };
  } catch (error) {
    if (error instanceof ResultProblem)
      return { problem: `It left a bad result: ${error.message}` };
    return { problem: `Grading ended with ${code} and no result. Its last words: ${output}` };
  }
}

interface Ended {
  code: number | null;
  output: string;
  wasLate: boolean;
}

function ended(child: ChildProcess, deadlineMs: number): Promise<Ended> {
  return new Promise((resolve) => {
    let output = '';
    let wasLate = false;
    const keep = (chunk: Buffer): void => {
      output = `${output}${chunk.toString('utf8')}`.slice(-MOST_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const deadline = setTimeout(() => {
      wasLate = true;
      endGroup(child);
    }, deadlineMs);
    // Not `close`: what the submission left running may hold the pipes open.
    const settle = (code: number | null): void => {
      clearTimeout(deadline);
      endGroup(child);
      resolve({ code, output: output.trim(), wasLate });
    };
    child.once('error', (error) => {
      output = error.message;
      settle(null);
    });
    child.once('exit', settle);
  });
}

/** Ends the process and what it started. */
function endGroup({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    if (exitCode === null) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
