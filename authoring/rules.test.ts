/**
 * The workbook keeps every rule, and no rule is kept by whatever it is given.
 *
 * @module-tag long
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { allRules } from './all-rules.ts';
import { broken } from './broken-workbooks.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

let book: Workbook;
beforeAll(async () => {
  book = await readWorkbook();
});

test('every rule is broken somehow', () => {
  expect(Object.keys(broken)).toEqual(allRules.map(({ holds }) => holds));
});

describe.each(allRules)('$holds', ({ holds, find }) => {
  test('in this workbook', async () => {
    const found = (await find(book)).filter(({ isNote }) => !isNote);
    expect(found, 'npm run check says the same').toEqual([]);
  });

  test.each(Object.entries(broken[holds] ?? {}))('not if %s', async (_, [change, file, wrong]) => {
    const found = await find(change(book));
    expect(found).toContainEqual(
      expect.objectContaining({ file, wrong: expect.stringContaining(wrong) as string }),
    );
  });
});
