import { expect, it } from 'vitest';
import { filterLines, nameLines } from './filter-lines.ts';

const lines = ['refused amara41 list_all_alerts', 'succeeded bruno12', 'Refused bruno12'];

it('keeps the numbers of lines that hold every word', () => {
  expect(filterLines(lines, ' REFUSED  bruno').map(({ number }) => number)).toEqual([3]);
  expect(filterLines(lines, '')).toHaveLength(3);
  expect(filterLines(lines, '.*')).toEqual([]);
});

it('names lines as people do', () => {
  expect(nameLines([7])).toBe('Line 7');
  expect(nameLines([7, 9])).toBe('Lines 7 and 9');
  expect(nameLines([1, 2, 3])).toBe('Lines 1, 2 and 3');
  expect(nameLines(Array.from({ length: 20 }, (_, i) => i))).toMatch(/ and 8 more$/);
});
