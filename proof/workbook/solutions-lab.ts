/** What the tests of wrong and right solutions share. */
import { curriculum } from '../../catalogue/curriculum.ts';
import type { TopicResult } from '../../grader/run-topic.ts';
import { listSolutions, type Solution } from '../solutions.ts';

/** `npm run test:matrix` also proves that a wrong solution fails no check but those that name it. */
export const wholeMatrix = process.env.WORKBOOK_MATRIX === 'whole';

/** What `npm test` leaves to `npm run test:all`, so that it stays a matter of minutes. */
export const onlyInAll = (isSo = true): { tags: string[] } => ({ tags: isSo ? ['long'] : [] });

/** How many of a topic's solutions are tried where it is not all of them; `npm test` tries one. */
const SAMPLE = { wrong: 3, right: 2 };

/** The solutions to try: all in the whole matrix, otherwise an even choice from each topic's. */
export async function solutionsToTry(kind: Solution['kind']): Promise<TriedSolution[]> {
  const all = await listSolutions(kind);
  return curriculum.flatMap(({ slug }) => {
    const own = all.filter(({ topic }) => topic === slug);
    const count = wholeMatrix ? own.length : Math.min(SAMPLE[kind], own.length);
    return Array.from({ length: count }, (_, index) => {
      const at = Math.floor((index * own.length) / count);
      return { ...(own[at] as Solution), tags: onlyInAll(index > 0) };
    });
  });
}

type TriedSolution = Solution & { tags: { tags: string[] } };

/** The reasons of the checks that failed, a line each. */
export const explain = (results: TopicResult): string =>
  [...results].flatMap(([id, failed]) => (failed ? [`${id}: ${failed.reason}`] : [])).join('\n');
