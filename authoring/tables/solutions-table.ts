/** The table in CONTRIBUTING that says by how many wrong and right solutions each topic is proved. */
import { checksOf } from '../../grader/checks/checks-of-topic.ts';
import { curriculum, type Topic } from '../../catalogue/curriculum.ts';
import { listSolutions } from '../../proof/solutions.ts';
import { sumOf, type MadeTable } from './made-table.ts';

export const solutionsTable: MadeTable = {
  document: 'CONTRIBUTING.md',
  name: 'solutions',
  makeRows: async () => {
    const rows = await Promise.all(curriculum.map(rowOf));
    return [
      ['Topic', 'Checks', 'Wrong caught', 'Right accepted', 'Checks that alone catch one'],
      ...rows.map(({ title, counts }) => [title, ...counts.map(String)]),
      ['All', ...sumOf(rows.map(({ counts }) => counts)).map(String)],
    ];
  },
};

async function rowOf({ slug, title }: Topic): Promise<{ title: string; counts: number[] }> {
  const { checks, wrong, alone } = await countCatchers(slug);
  const right = await listSolutions('right', slug);
  const counts = [checks, wrong, right.length, alone];
  return { title: `${slug.slice(0, 2)} ${title}`, counts };
}

/** How many checks and wrong solutions a topic has, and how many checks alone catch one. */
async function countCatchers(
  slug: string,
): Promise<{ checks: number; wrong: number; alone: number }> {
  const anyTarget = { kind: 'reference' } as const;
  const checks = await checksOf(slug, { own: anyTarget, whole: anyTarget });
  const wrong = await listSolutions('wrong', slug);
  const caughtBy = wrong.map(({ exports }) => exports.caughtBy as string[]);
  return { checks: checks.length, wrong: wrong.length, alone: catchersAlone(caughtBy).size };
}

/** The checks of which each alone catches a wrong solution. */
export const catchersAlone = (caughtBy: readonly (readonly string[])[]): Set<string> =>
  new Set(caughtBy.filter(({ length }) => length === 1).flat());
