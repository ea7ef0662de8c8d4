import type { Progress } from '../progress/progress.ts';
import type { Question } from './question.ts';

/** The questions of a topic that were never answered right. */
export function openQuestions(
  questions: readonly Question[],
  slug: string,
  progress: Progress,
): Question[] {
  const answers = progress[slug]?.answers ?? {};
  return questions.filter(({ id }) => answers[id] !== true);
}
