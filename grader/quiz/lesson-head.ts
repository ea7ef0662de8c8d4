/** What the head of a lesson says, and the check that it says it. */
import { parse } from 'yaml';
import { z } from 'zod';
import { prepareQuestion } from './prepare-question.ts';
import type { Question } from './question.ts';
import { writtenQuiz } from './written-question.ts';

const writtenHead = z.strictObject({
  title: z.string(),
  summary: z.string(),
  /** Ids of the headings whose sections belong to the short path through the course. */
  fastTrack: z.array(z.string()).default([]),
  quiz: writtenQuiz.default([]),
});

export type LessonHead = Omit<z.output<typeof writtenHead>, 'quiz'> & { quiz: Question[] };

/** @throws if it is malformed; the message names `file`, the question, and what is wrong */
export function readLessonHead(yaml: string, file: string): LessonHead {
  const written = parseYaml(yaml, file);
  const result = writtenHead.safeParse(written);
  if (result.success) return { ...result.data, quiz: result.data.quiz.map(prepareQuestion) };
  const problems = result.error.issues.map(
    (issue) => `\n  ${describePlace(written, issue.path)}${issue.message}`,
  );
  throw new Error(`${file}: the head of the lesson is wrong.${problems.join('')}`);
}

function parseYaml(yaml: string, file: string): unknown {
  try {
    return parse(yaml) as unknown;
  } catch (error) {
    throw new Error(`${file}: the head of the lesson is no YAML. ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `question “verify-then-read”, choices.0.why: ` */
function describePlace(written: unknown, [member, index, ...rest]: PropertyKey[]): string {
  if (member === undefined) return '';
  if (member !== 'quiz' || typeof index !== 'number') return `${String(member)}: `;
  const { id } = (written as { quiz: ({ id?: unknown } | null)[] }).quiz[index] ?? {};
  const name = typeof id === 'string' ? `question “${id}”` : `question ${index + 1}`;
  return rest.length === 0 ? `${name}: ` : `${name}, ${rest.map(String).join('.')}: `;
}
