/**
 * Grades one submission: its files among shipped stubs, in a copy of the workbook, by a deadline. Without
 * a sandbox it runs with the rights of whoever grades and is no prisoner; see SECURITY.md. What holds all the
 * same: the result passes from one process to the other and through no file, it counts only once
 * everything that was started is gone, and the copy must then be what it was before.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { copyWorkbook } from '../../shared/copy-workbook.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { layShippedStubs } from '../../catalogue/shipped-stubs.ts';
import { problemBehind } from '../explain.ts';
import { digests, hashOf, sha256 } from '../../shared/digests.ts';
import {
  gradeResult,
  readGradeResult,
  ResultProblem,
  type GradeResult,
} from '../grading/grade-result.ts';
import { collectStubs } from '../hand-in/collect-stubs.ts';
import type { GradedSubmission } from './class-result.ts';
import { decidingDigests, differences } from './deciding-files.ts';
import { runApart } from './run-apart.ts';
import type { Sandbox } from './sandbox.ts';

/** What is taken of a submission: file of the workbook -> its bytes. */
export type TakenFiles = ReadonlyMap<string, Uint8Array>;

export interface ClassOptions {
  topics: Topic[];
  withStretch: boolean;
  /** How long one submission may take. */
  deadlineMs: number;
  /** In which it is graded; without one it has the rights of whoever grades. */
  sandbox?: Sandbox | undefined;
  /** By digest of files: what was found of them in a run that was broken off. */
  gradedBefore?: ReadonlyMap<string, GradedSubmission> | undefined;
  /** Has somebody else grade, who answers as `gradeFiles` does, or as a stranger. */
  elsewhere?: ((files: TakenFiles) => Promise<unknown>) | undefined;
}

/** What the process that grades is told. */
export interface ClassRequest {
  slugs: string[];
  withStretch: boolean;
}

const SCRIPT = 'grader/classes/grade-for-parent.ts';
/** Grading needs none of them, and two hold solutions. */
const NOT_NEEDED = ['audit', 'authoring', 'docs', 'playground', 'proof'];

export type Graded = { result: GradeResult } | { problem: string };

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
  const taken = digestOf(files);
  const before = options.gradedBefore?.get(taken);
  if (before) return { ...before, name };
  const graded = options.elsewhere
    ? readGraded(await options.elsewhere(files), options)
    : await gradeFiles(files, options, deciding);
  const unrun = 'result' in graded ? whatCouldNotRun(graded.result) : [];
  return { name, notes: [...notes, ...unrun], files: taken, ...graded };
}

/** @param deciding as for `gradeSubmission` */
export async function gradeFiles(
  files: TakenFiles,
  options: ClassOptions,
  deciding: ReadonlyMap<string, string>,
): Promise<Graded> {
  const copy = copyWorkbook('class', NOT_NEEDED);
  process.once('exit', copy.remove);
  try {
    layShippedStubs(copy.folder);
    for (const [file, bytes] of files) {
      mkdirSync(path.dirname(path.join(copy.folder, file)), { recursive: true });
      writeFileSync(path.join(copy.folder, file), bytes);
    }
    return await gradeCopy(copy.folder, options, deciding);
  } finally {
    process.off('exit', copy.remove);
    copy.remove();
  }
}

const digestOf = (files: TakenFiles): string =>
  hashOf(new Map([...files].map(([file, bytes]) => [file, sha256(bytes)])));

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
  const request: ClassRequest = {
    slugs: options.topics.map(({ slug }) => slug),
    withStretch: options.withStretch,
  };
  const { deadlineMs, sandbox } = options;
  const { told, left, ...end } = await runApart(workbook, SCRIPT, request, deadlineMs, sandbox);
  const minutes = Math.ceil(deadlineMs / 60_000);
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

/** Of what somebody elsewhere says. */
function readGraded(said: unknown, options: ClassOptions): Graded {
  const found = saidElsewhere.safeParse(said);
  if (!found.success) return { problem: 'A worker answered with something that is no result.' };
  return 'problem' in found.data ? found.data : checked(found.data.result, options);
}

const saidElsewhere = z.union([
  z.object({ problem: z.string().max(10_000) }),
  z.object({ result: z.unknown() }),
]);

const MOST_REASONS = 3;

/** Why checks could not run at all: files that do not load, servers that end. */
function whatCouldNotRun({ topics }: GradeResult): string[] {
  const reasons = topics.flatMap(({ checks }) =>
    checks.flatMap(({ explanation }) => (explanation && problemBehind(explanation)) ?? []),
  );
  return [...new Set(reasons)].slice(0, MOST_REASONS).map((reason) => `Could not run: ${reason}`);
}
