import { expect, it } from 'vitest';
import { mergeProgress } from './merge-marks.ts';

it('keeps what only one side knows and prefers the newer verdict', () => {
  expect(
    mergeProgress(
      { a: { read: true, verdicts: { x: 'breached', y: 'blocked' } }, b: {} },
      { a: { verdicts: { x: 'blocked' } }, c: { read: true } },
    ),
  ).toEqual({
    a: { read: true, verdicts: { x: 'blocked', y: 'blocked' } },
    b: { verdicts: {} },
    c: { read: true, verdicts: {} },
  });
});
