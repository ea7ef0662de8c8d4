/** The table in `docs/for-instructors.md` that says what each topic is worth, and untouched stubs earn. */
import { checksOf } from '../../grader/checks/checks-of-topic.ts';
import { curriculum } from '../../catalogue/curriculum.ts';
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { sumOf, type MadeTable } from './made-table.ts';

export const pointsTable: MadeTable = {
  document: 'docs/for-instructors.md',
  name: 'points',
  makeRows: async () => {
    const counts = await Promise.all(curriculum.map(({ slug }) => countsOf(slug)));
    return [
      ['Topic', 'Checks', 'Points', 'Untouched'],
      ...curriculum.map(({ slug, title }, index) => [
        `${slug.slice(0, 2)} ${title}`,
        ...(counts[index] ?? []).map(String),
      ]),
      ['All', ...sumOf(counts).map(String)],
    ];
  },
};

/**
 * Checks, points, and points of the stubs as shipped. Every attack breaches those, and ordinary use
 * works as it does on the insecure server (`verdicts.test.ts`); whole servers are open everywhere.
 */
async function countsOf(slug: string): Promise<number[]> {
  const anyTarget = { kind: 'reference' } as const;
  const checks = await checksOf(slug, { own: anyTarget, whole: anyTarget });
  const { uses } = await loadCatalogue(slug);
  const working = new Set(uses.flatMap(({ id, worksOnBaseline }) => (worksOnBaseline ? [id] : [])));
  const [all = 0, untouched = 0] = sumOf(
    checks.map(({ id, points }) => [points, working.has(id) ? points : 0]),
  );
  return [checks.length, all, untouched];
}
