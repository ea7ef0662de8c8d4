import { expect, it } from 'vitest';
import { LAST_SECOND, MOST_BURSTS, MOST_CALLS } from '../../../studies/burst/shared.ts';
import {
  LATEST_BURST,
  MOST_EVERY_TEN_SECONDS,
  burstsOf,
  callsOf,
  presets,
  whyNotFired,
} from './schedule.ts';

it('can fire every preset', () => {
  for (const { schedule } of presets) expect(whyNotFired(schedule)).toBeUndefined();
});

it('puts the opening call first, and leaves empty bursts out', () => {
  const { schedule } = presets[0]!;
  expect(burstsOf(schedule)).toEqual([
    { atSecond: 0, calls: 1 },
    { atSecond: 59.5, calls: 60 },
    { atSecond: 60.5, calls: 60 },
  ]);
  const one = { ...schedule, opening: false, second: { atSecond: 3, calls: 0 } };
  expect(burstsOf(one)).toEqual([schedule.first]);
});

it('orders bursts by time, whichever slider they came from', () => {
  const { schedule } = presets[0]!;
  const swapped = { ...schedule, first: schedule.second, second: schedule.first };
  expect(burstsOf(swapped)).toEqual(burstsOf(schedule));
});

it('says why a schedule cannot be fired', () => {
  const { schedule } = presets[0]!;
  const huge = { ...schedule, first: { atSecond: 0, calls: 120 } };
  expect(callsOf(burstsOf(huge))).toBe(181);
  expect(whyNotFired(huge)).toContain('181');
  const empty = { atSecond: 0, calls: 0 };
  expect(whyNotFired({ ...schedule, opening: false, first: empty, second: empty })).toBeDefined();
});

it('whatever the form lets one choose, the lab takes', () => {
  expect(LATEST_BURST).toBeLessThanOrEqual(LAST_SECOND);
  const [preset] = presets;
  const busiest = { ...preset!.schedule, everyTenSeconds: MOST_EVERY_TEN_SECONDS };
  const bursts = burstsOf({ ...busiest, shape: 'steady' });
  expect(bursts.length).toBeLessThanOrEqual(MOST_BURSTS);
  expect(callsOf(bursts)).toBeLessThanOrEqual(MOST_CALLS);
});
