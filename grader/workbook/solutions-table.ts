/** The table in CONTRIBUTING that says by how many wrong and right solutions each topic is proved. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checksOf } from '../checks/checks-of-topic.ts';
import { curriculum, type Topic } from '../curriculum.ts';
import { projectFolder } from '../targets/project-path.ts';
import { listVariants, type WrongSolution } from '../variants.ts';
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
  const right = listVariants('right').filter(({ topic }) => topic === slug);
  const counts = [checks.length, wrong, right.length, alone.size];
  return { title: `${slug.slice(0, 2)} ${title}`, counts };
}

/** The checks of a topic, how many wrong solutions it has, and which checks alone catch one. */
export async function countCatchers(
  slug: string,
): Promise<{ checks: string[]; wrong: number; alone: Set<string> }> {
  const anyTarget = { kind: 'reference' } as const;
  const checks = await checksOf(slug, { own: anyTarget, whole: anyTarget });
  const wrong = listVariants('wrong').filter(({ topic }) => topic === slug);
  const caughtBy = await Promise.all(wrong.map(({ file }) => catchersOf(file)));
  const alone = new Set(caughtBy.filter(({ length }) => length === 1).flat());
  return { checks: checks.map(({ id }) => id), wrong: wrong.length, alone };
}

async function catchersOf(variant: string): Promise<string[]> {
  const { href } = pathToFileURL(path.join(projectFolder, variant));
  return ((await import(/* @vite-ignore */ href)) as WrongSolution).caughtBy;
}
