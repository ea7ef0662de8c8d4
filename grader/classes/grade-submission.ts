/**
 * Grades one submission: its files among shipped stubs, in a copy of the workbook, by a deadline. What is
 * graded runs with the rights of whoever grades and is no prisoner; see SECURITY.md. What holds all the
 * same: the result passes from one process to the other and through no file, it counts only once
 * everything that was started is gone, and the copy must then be what it was before.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyWorkbook } from '../../shared/copy-workbook.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { layShippedStubs } from '../../catalogue/shipped-stubs.ts';
import { neededEnvironment } from '../../lab/target-process.ts';
import { problemBehind } from '../explain.ts';
import { digests } from '../grading/fingerprint.ts';
import {
  gradeResult,
  readGradeResult,
  ResultProblem,
  type GradeResult,
} from '../grading/grade-result.ts';
import { collectStubs } from '../hand-in/collect-stubs.ts';
import type { GradedSubmission } from './class-result.ts';
import { decidingDigests, differences } from './deciding-files.ts';
import { endGroup, endRun, type Run } from './end-processes.ts';

export interface ClassOptions {
  topics: Topic[];
  withStretch: boolean;
  /** How long one submission may take. */
  deadlineMs: number;
}

/** What the process that grades is told. */
export interface ClassRequest {
  slugs: string[];
  withStretch: boolean;
}

/** Of what a run printed, its end is kept, for the case that it left no result. */
const MOST_OUTPUT = 4_000;
/** Grading needs none of them, and two hold solutions. */
const NOT_NEEDED = ['audit', 'authoring', 'docs', 'lessons', 'playground', 'proof'];

type Graded = { result: GradeResult } | { problem: string };

/**
 * Settles with a problem where there is one; a submission never stops the class.
 *
 * @param deciding digests of the files that decide, as they were when the class began
 */
export async function gradeSubmission(
  folder: string,
  options: ClassOptions,
  deciding: ReadonlyMap<string, string>,
): Promise<GradedSubmission> {
  const name = path.basename(folder).normalize('NFC');
  const { files, notes, problem } = collectStubs(folder, options.topics);
  if (problem !== undefined) return { name, notes, problem };
  const copy = copyWorkbook('class', NOT_NEEDED);
  process.once('exit', copy.remove);
  try {
    layShippedStubs(copy.folder);
    for (const [file, bytes] of files) {
      mkdirSync(path.dirname(path.join(copy.folder, file)), { recursive: true });
      writeFileSync(path.join(copy.folder, file), bytes);
    }
    const graded = await gradeCopy(copy.folder, options, deciding);
    const unrun = 'result' in graded ? whatCouldNotRun(graded.result) : [];
    return { name, notes: [...notes, ...unrun], ...graded };
  } finally {
    process.off('exit', copy.remove);
    copy.remove();
  }
}

async function gradeCopy(
  workbook: string,
  options: ClassOptions,
  deciding: ReadonlyMap<string, string>,
): Promise<Graded> {
  const changedBefore = differences(deciding, decidingDigests(workbook));
  if (changedBefore) {
    return { problem: `This workbook was changed while the class was graded: ${changedBefore}.` };
  }
  const exercises = digests(workbook, ['exercises']);
  const temporary = mkdtempSync(path.join(tmpdir(), 'class-'));
  try {
    const { told, left, ...end } = await run(workbook, temporary, options);
    const minutes = Math.ceil(options.deadlineMs / 60_000);
    if (end.wasLate) return { problem: `It was not graded within ${minutes} minutes.` };
    if (left > 0) return { problem: `${left} processes of it could not be ended. End them first.` };
    const changed =
      differences(deciding, decidingDigests(workbook)) ||
      differences(exercises, digests(workbook, ['exercises']));
    if (changed) {
      return {
        problem: `While it was graded, files of its copy of the workbook were changed: ${changed}. Read its code, and that of what was graded beside it.`,
      };
    }
    if (told.length === 1) return checked(told[0], options);
    return {
      problem: `Grading ended with ${end.code} and ${told.length === 0 ? 'no result' : 'more than one result'}. Its last words: ${end.output}`,
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What was told is a stranger's word until it has the form of a result; sums are made anew. */
function checked(told: unknown, { topics }: ClassOptions): Graded {
  try {
    const result = readGradeResult(JSON.stringify(told));
    const slugs = topics.map(({ slug }) => slug).join();
    if (result.topics.map(({ slug }) => slug).join() !== slugs || result.target !== 'student') {
      return { problem: 'The result is not that of the topics that were asked for.' };
    }
    return { result: gradeResult(result, result.topics, result.problems, result.items) };
  } catch (error) {
    if (!(error instanceof ResultProblem)) throw error;
    return { problem: `It left a bad result: ${error.message}` };
  }
}

interface Ended {
  code: number | null;
  output: string;
  wasLate: boolean;
  told: unknown[];
  /** Processes that could not be ended. */
  left: number;
}

async function run(
  workbook: string,
  temporary: string,
  { topics, withStretch, deadlineMs }: ClassOptions,
): Promise<Ended> {
  const child = fork(
    path.join(workbook, 'scripts/run.mjs'),
    [path.join(workbook, 'grader/classes/grade-for-parent.ts')],
    {
      cwd: workbook,
      env: environment(temporary),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own, so that nothing that it started stays.
      detached: process.platform !== 'win32',
    },
  );
  const { pid } = child;
  const told: unknown[] = [];
  child.on('message', (message) => {
    if (told.length < 2) told.push(message);
  });
  const end = (): void => {
    if (pid !== undefined) endGroup(pid);
  };
  process.prependOnceListener('exit', end);
  const request: ClassRequest = { slugs: topics.map(({ slug }) => slug), withStretch };
  // One that is gone already says so by its end.
  child.send(request, () => undefined);
  const how = await ended(child, deadlineMs, end);
  process.off('exit', end);
  const own: Run | undefined = pid === undefined ? undefined : { pid, temporary, workbook };
  return { ...how, told, left: own ? await endRun(own) : 0 };
}

/** Nothing of the environment of whoever grades, and a temporary folder that no other run shares. */
const environment = (temporary: string): NodeJS.ProcessEnv => ({
  ...neededEnvironment(),
  HOME: temporary,
  USERPROFILE: temporary,
  TMPDIR: temporary,
  TEMP: temporary,
  TMP: temporary,
});

function ended(
  child: ChildProcess,
  deadlineMs: number,
  end: () => void,
): Promise<Pick<Ended, 'code' | 'output' | 'wasLate'>> {
  return new Promise((resolve) => {
    let output = '';
    let wasLate = false;
    const keep = (chunk: Buffer): void => {
      output = `${output}${chunk.toString('utf8')}`.slice(-MOST_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    let code: number | null = null;
    const settle = (): void => {
      clearTimeout(deadline);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ code, output: output.trim(), wasLate });
    };
    const deadline = setTimeout(() => {
      wasLate = true;
      end();
      settle();
    }, deadlineMs);
    child.once('error', (error) => {
      output = error.message;
      settle();
    });
    // Not `close`: what the submission left running may hold the pipes open. And not `exit` alone: what
    // was told may still be on the way.
    child.once('exit', (ended) => {
      code = ended;
      if (!child.connected) settle();
    });
    child.once('disconnect', () => {
      if (child.exitCode !== null || child.signalCode !== null) settle();
    });
  });
}

const MOST_REASONS = 3;

/** Why checks could not run at all: files that do not load, servers that end. */
function whatCouldNotRun({ topics }: GradeResult): string[] {
  const reasons = topics.flatMap(({ checks }) =>
    checks.flatMap(({ explanation }) => (explanation && problemBehind(explanation)) ?? []),
  );
  return [...new Set(reasons)].slice(0, MOST_REASONS).map((reason) => `Could not run: ${reason}`);
}
