/** Grades a folder of submissions, two at a time: each uses several processes itself. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ClassResult, GradedSubmission } from './class-result.ts';
import { gradeSubmission, type ClassOptions } from './grade-submission.ts';

const AT_ONCE = 2;

/** A folder that holds no class. The message is for people. */
export class ClassProblem extends Error {
  override readonly name = 'ClassProblem';
}

/** @param onSubmission called when one is through */
export async function gradeClass(
  folder: string,
  options: ClassOptions,
  onSubmission: (submission: GradedSubmission) => void = () => undefined,
): Promise<ClassResult> {
  const names = submissionsIn(folder);
  const graded = new Map<string, GradedSubmission>();
  const waiting = [...names];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const submission = await gradeOne(path.join(folder, name), options);
      graded.set(name, submission);
      onSubmission(submission);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    schema: 1,
    topics: options.topics.map(({ slug }) => slug),
    submissions: names.flatMap((name) => graded.get(name) ?? []),
  };
}

async function gradeOne(folder: string, options: ClassOptions): Promise<GradedSubmission> {
  try {
    return await gradeSubmission(folder, options);
  } catch (error) {
    return { name: path.basename(folder), notes: [], problem: (error as Error).message };
  }
}

/** Folders only: no archives, no links, nothing hidden. */
function submissionsIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new ClassProblem(
      `${folder} cannot be read (${(error as NodeJS.ErrnoException).code}). --class wants a folder that holds one folder per submission.`,
    );
  }
  if (names.length > 0) return names;
  throw new ClassProblem(
    `${folder} holds no folders. --class wants one folder per submission; unpack archives first.`,
  );
}
