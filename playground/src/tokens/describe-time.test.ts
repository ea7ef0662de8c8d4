import { expect, test } from 'vitest';
import { describeTime } from './describe-time.ts';

const now = 1_800_000_000;

test.each([
  [0, '2027-01-15 08:00:00 UTC, now'],
  [-1, '2027-01-15 07:59:59 UTC, 1 second ago'],
  [299, '2027-01-15 08:04:59 UTC, in 5 minutes'],
  [300, '2027-01-15 08:05:00 UTC, in 5 minutes'],
  [-3600, '2027-01-15 07:00:00 UTC, 1 hour ago'],
  [90_000, '2027-01-16 09:00:00 UTC, in 1 day'],
])('%i seconds from now', (away, said) => {
  expect(describeTime(now + away, now)).toBe(said);
});

test('milliseconds taken for seconds are in another age, and some numbers in none', () => {
  expect(describeTime(now * 1000, now)).toBe('+059009-09-24 08:00:00 UTC, in 56,982 years');
  expect(describeTime(1e300, now)).toBeUndefined();
});
