/** Grades a folder of submissions, as many at a time as there are processors, and two at least. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { hostBundle } from '../../lab/bundle/host-bundle.ts';
import { hashOf } from '../../shared/digests.ts';
import { projectFolder } from '../../shared/project-path.ts';
import type { ClassResult, GradedSubmission } from './class-result.ts';
import { decidingDigests, differences } from './deciding-files.ts';
import { gradeSubmission, type ClassOptions } from './grade-submission.ts';
import { ClassProblem, findSubmissions, type Submission } from './find-submissions.ts';

export const AT_ONCE = Math.max(2, availableParallelism());

/**
 * What was graded of a class before, by digest of files, if it was graded by the same and for the same.
 *
 * @param before what `--json` wrote
 */
export function gradedBefore(
  before: ClassResult,
  { topics, withStretch }: Pick<ClassOptions, 'topics' | 'withStretch'>,
): Map<string, GradedSubmission> {
  const isSame =
    before.grader === hashOf(decidingDigests(projectFolder)) &&
    before.withStretch === withStretch &&
    before.topics.join() === topics.map(({ slug }) => slug).join();
  if (!isSame) return new Map();
  return new Map(
    before.submissions.flatMap((one) =>
      one.files !== undefined && one.result ? [[one.files, one] as const] : [],
    ),
  );
}

/** @param onSubmission called when one is through, with all there is so far */
export async function gradeClass(
  folder: string,
  options: ClassOptions,
  onSubmission: (submission: GradedSubmission, soFar: ClassResult) => void = () => undefined,
): Promise<ClassResult> {
  const submissions = findSubmissions(folder);
  // Once for all copies, which may be read-only where they are graded.
  await hostBundle();
  const deciding = decidingDigests(projectFolder);
  const graded = new Map<Submission, GradedSubmission>();
  const resultSoFar = (): ClassResult => {
    const waiting = submissions.filter((one) => !graded.has(one));
    return {
      schema: 1,
      topics: options.topics.map(({ slug }) => slug),
      withStretch: options.withStretch,
      grader: hashOf(deciding),
      submissions: submissions.flatMap((one) => graded.get(one) ?? []),
      ...(waiting.length > 0 && { waiting: waiting.map(({ name }) => name) }),
    };
  };
  const turns = [...submissions];
  const work = async (): Promise<void> => {
    for (let next = turns.shift(); next !== undefined; next = turns.shift()) {
      const result = await gradeOne(path.resolve(folder), next, options, deciding);
      graded.set(next, result);
      onSubmission(result, resultSoFar());
    }
  };
  const atOnce = options.elsewhere ? submissions.length : AT_ONCE;
  await Promise.all(Array.from({ length: atOnce }, work));
  const changed = differences(deciding, decidingDigests(projectFolder));
  if (changed) {
    throw new ClassProblem(
      `This workbook was changed while the class was graded: ${changed}. What was graded after that is not to be relied on; the code of a submission may have done it.`,
    );
  }
  return resultSoFar();
}

async function gradeOne(
  folder: string,
  { name, entry, problem }: Submission,
  options: ClassOptions,
  deciding: ReadonlyMap<string, string>,
): Promise<GradedSubmission> {
  if (problem !== undefined) return { name, notes: [], problem };
  try {
    return { ...(await gradeSubmission(path.join(folder, entry), options, deciding)), name };
  } catch (error) {
    return { name, notes: [], problem: (error as Error).message };
  }
}
