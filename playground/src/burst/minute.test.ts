import { expect, it } from 'vitest';
import type { BurstCall } from '../../../studies/burst/shared.ts';
import { busiestMinute, columnsOf, countCurve, countUpTo, inSeconds } from './minute.ts';

const series = (from: number, calls: number): number[] =>
  Array.from({ length: calls }, (_, i) => from + i);

it('counts a call for exactly one minute', () => {
  expect(countUpTo([1000], 999)).toBe(0);
  expect(countUpTo([1000], 1000)).toBe(1);
  expect(countUpTo([1000], 60_999)).toBe(1);
  expect(countUpTo([1000], 61_000)).toBe(0);
});

it('finds the busiest minute across the boundary of two windows', () => {
  const times = [0, ...series(59_500, 60), ...series(60_500, 60)];
  expect(busiestMinute(times)).toEqual({ calls: 120, from: 59_500, to: 60_559 });
  expect(busiestMinute([])).toBeUndefined();
});

it('does not count a call a minute later, even if the clock took a step in between', () => {
  expect(busiestMinute([0, 59_990])?.calls).toBe(1);
  expect(busiestMinute([0, 59_900])?.calls).toBe(2);
});

it('goes down again after a minute', () => {
  expect(countCurve([5000], 70_000)).toEqual([
    { at: 0, calls: 0 },
    { at: 5000, calls: 1 },
    { at: 65_000, calls: 0 },
    { at: 70_000, calls: 0 },
  ]);
});

it('puts neighbours into one column, whatever became of them', () => {
  const calls: BurstCall[] = [
    { burst: 0, instance: 0, at: 10, fate: 'ran' },
    { burst: 0, instance: 0, at: 990, fate: 'refused' },
    { burst: 1, instance: 0, at: 1000, fate: 'neither' },
  ];
  expect(columnsOf(calls, 1000)).toEqual([
    { at: 500, ran: 1, refused: 1 },
    { at: 1500, ran: 0, refused: 1 },
  ]);
});

it('writes seconds without needless digits', () => {
  expect(inSeconds(60_000)).toBe('60 s');
  expect(inSeconds(59_510)).toBe('59.5 s');
});
