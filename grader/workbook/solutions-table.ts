/** The table in CONTRIBUTING that says by how many wrong and right solutions each topic is proved. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checksOf } from '../checks/checks-of-topic.ts';
import { curriculum, type Topic } from '../curriculum.ts';
import { projectFolder } from '../targets/project-path.ts';
import { listVariants, type WrongSolution } from '../variants.ts';

const file = path.join(projectFolder, 'CONTRIBUTING.md');
const PLACE = /(?<=<!-- table of solutions -->\n\n)[^]*?(?=\n\n<!-- end of table -->)/;

/** The table as it should be. */
export async function makeSolutionsTable(): Promise<string> {
  const rows = await Promise.all(curriculum.map(rowOf));
  const sums = [0, 1, 2, 3].map((at) =>
    rows.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
  );
  return alignTable([
    ['Topic', 'Checks', 'Wrong caught', 'Right accepted', 'Checks that alone catch one'],
    ...rows.map(({ title, counts }) => [title, ...counts.map(String)]),
    ['All', ...sums.map(String)],
  ]);
}

/** The table that stands in CONTRIBUTING. */
export const readSolutionsTable = (): string | undefined =>
  PLACE.exec(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'))?.[0];

export async function writeSolutionsTable(): Promise<void> {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const table = await makeSolutionsTable();
  writeFileSync(
    file,
    text.replace(PLACE, () => table),
  );
}

async function rowOf({ slug, title }: Topic): Promise<{ title: string; counts: number[] }> {
  const anyTarget = { kind: 'reference' } as const;
  const checks = await checksOf(slug, { own: anyTarget, whole: anyTarget });
  const own = (kind: 'wrong' | 'right') => listVariants(kind).filter(({ topic }) => topic === slug);
  const caughtBy = await Promise.all(own('wrong').map((variant) => catchersOf(variant.file)));
  const alone = new Set(caughtBy.filter(({ length }) => length === 1).flat());
  const counts = [checks.length, caughtBy.length, own('right').length, alone.size];
  return { title: `${slug.slice(0, 2)} ${title}`, counts };
}

async function catchersOf(variant: string): Promise<string[]> {
  const { href } = pathToFileURL(path.join(projectFolder, variant));
  return ((await import(/* @vite-ignore */ href)) as WrongSolution).caughtBy;
}

/** Columns as wide as their widest cell, numbers to the right, as the formatter would have it. */
function alignTable(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}
