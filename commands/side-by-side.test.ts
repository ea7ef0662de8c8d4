import { structuredPatch } from 'diff';
import { expect, test } from 'vitest';
import { foldLine, pairLines } from './side-by-side.ts';

test('changed lines stand beside each other, and what has no partner beside nothing', () => {
  const patch = structuredPatch(
    'a',
    'b',
    'one\ntwo\nthree\nfour\n',
    'one\nTWO\nfour\nfive\n',
    '',
    '',
  );
  expect(pairLines(patch)).toEqual([
    [
      { left: 'one', right: 'one', changed: false },
      { left: 'two', right: 'TWO', changed: true },
      { left: 'three', right: undefined, changed: true },
      { left: 'four', right: 'four', changed: false },
      { left: undefined, right: 'five', changed: true },
    ],
  ]);
});

test('a line is folded without losing or splitting a character', () => {
  expect(foldLine('', 3)).toEqual(['   ']);
  expect(foldLine('ab', 3)).toEqual(['ab ']);
  expect(foldLine('abcd😀f', 4)).toEqual(['abcd', '😀f  ']);
});
