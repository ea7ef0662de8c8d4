/** Curriculum, lessons, stubs, solutions, checks, attacks and documents agree. */
import { beforeAll, expect, test } from 'vitest';
import { allRules } from './all-rules.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

let book: Workbook;
beforeAll(async () => {
  book = await readWorkbook();
});

test.each(allRules)('$holds', async ({ find }) => {
  const found = (await find(book)).filter(({ isNote }) => !isNote);
  expect(found, 'npm run check says the same').toEqual([]);
});
