import { expect, it } from 'vitest';
import type { BurstCall, BurstReport } from '../../../grader/burst/burst.ts';
import { describeBursts, judgeBursts, rowsOf } from './burst-judgement.ts';

const calls: BurstCall[] = [
  { burst: 1, at: 0, fate: 'ran' },
  { burst: 0, at: 59_500, fate: 'ran' },
  { burst: 0, at: 59_500, fate: 'refused', retryAfterSeconds: 60 },
  { burst: 0, at: 59_600, fate: 'refused', retryAfterSeconds: 1 },
];
const judged = (study: BurstReport) =>
  judgeBursts({ type: 'study', target: 'yours', study, milliseconds: 1 }).tone;

it('compares the busiest minute with the limit', () => {
  expect(judged({ limit: 2, calls, faults: [] })).toBe('blocked');
  expect(judged({ limit: 1, calls, faults: [] })).toBe('breached');
});

it('says what the picture shows', () => {
  expect(describeBursts({ limit: 60, calls, faults: [] })).toBe(
    '4 calls were sent: 2 ran, 2 were refused. 2 calls ran within one minute, from 0 s to 59.5 s; the limit is 60.',
  );
  expect(describeBursts({ limit: 60, calls: [], faults: [] })).toContain('0 ran');
});

it('has a row for each burst, with the waits that refused calls were told', () => {
  const rows = rowsOf(calls);
  expect(rows.map(({ burst }) => burst)).toEqual([1, 0]);
  expect(rows[1]).toMatchObject({ sent: 3, ran: 1, refused: 2, waits: [1, 60] });
  expect(rows[0]?.waits).toBeUndefined();
});
