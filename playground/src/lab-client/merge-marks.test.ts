import { expect, it } from 'vitest';
import { mergeProgress } from './merge-marks.ts';

it('keeps what only one side knows, prefers the newer verdict, and lets right answers stay right', () => {
  expect(
    mergeProgress(
      {
        a: {
          read: true,
          verdicts: { x: 'breached', y: 'blocked' },
          answers: { p: true, q: false },
        },
        b: {},
      },
      {
        a: { verdicts: { x: 'blocked' }, answers: { p: false, q: true, r: false } },
        c: { read: true },
      },
    ),
  ).toEqual({
    a: {
      read: true,
      verdicts: { x: 'blocked', y: 'blocked' },
      answers: { p: true, q: true, r: false },
    },
    b: { verdicts: {}, answers: {} },
    c: { read: true, verdicts: {}, answers: {} },
  });
});
