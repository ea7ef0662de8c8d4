/** Everything that holds of the workbook and can be seen without starting a server. */
import type { Finding } from './finding.ts';
import { catalogueRules } from './rules/catalogue-rules.ts';
import { coverageRules } from './rules/coverage-rules.ts';
import { documentRules } from './rules/document-rules.ts';
import { lessonRules } from './rules/lesson-rules.ts';
import { placeholderRules } from './rules/placeholder-rules.ts';
import { quizRules } from './rules/quiz-rules.ts';
import { roomRules } from './rules/room-rules.ts';
import { solutionRules } from './rules/solution-rules.ts';
import { stubRules } from './rules/stub-rules.ts';
import { topicRules } from './rules/topic-rules.ts';
import type { Workbook, WorkbookRule } from './workbook.ts';

export const allRules: readonly WorkbookRule[] = [
  ...topicRules,
  ...stubRules,
  ...catalogueRules,
  ...solutionRules,
  ...lessonRules,
  ...quizRules,
  ...coverageRules,
  ...documentRules,
  ...placeholderRules,
  ...roomRules,
];

export async function findAll(book: Workbook): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { find } of allRules) found.push(...(await find(book)));
  return found;
}
