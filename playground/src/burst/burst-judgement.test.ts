import { expect, it } from 'vitest';
import type { BurstCall } from '../../../studies/burst/shared.ts';
import { describeBursts, judgeBursts, rowsOf } from './burst-judgement.ts';

const calls: BurstCall[] = [
  { burst: 1, instance: 0, at: 0, fate: 'ran' },
  { burst: 0, instance: 0, at: 59_500, fate: 'ran' },
  { burst: 0, instance: 0, at: 59_500, fate: 'refused', retryAfterSeconds: 60 },
  { burst: 0, instance: 0, at: 59_600, fate: 'refused', retryAfterSeconds: 1 },
];
const judged = (limit: number, own: BurstCall[] = calls) =>
  judgeBursts({
    type: 'study',
    target: 'yours',
    study: { limit, instances: 1, calls: own, faults: [] },
    milliseconds: 1,
  });

it('compares the busiest minute with the limit', () => {
  expect(judged(2).tone).toBe('blocked');
  expect(judged(1).tone).toBe('breached');
});

it('does not praise a limit that refuses early, or calls that failed in another way', () => {
  expect(judged(60).word).toBe('Refuses too early');
  expect(judged(60, [{ burst: 0, instance: 0, at: 0, fate: 'neither' }]).word).toBe(
    'Some calls failed',
  );
});

it('says what the picture shows', () => {
  expect(describeBursts({ limit: 60, instances: 1, calls, faults: [] })).toBe(
    '4 calls were sent: 2 ran, 2 were refused. 2 calls ran within one minute, from 0 s to 59.5 s; the limit is 60.',
  );
  expect(describeBursts({ limit: 60, instances: 1, calls: [], faults: [] })).toContain('0 ran');
});

it('has a row for each burst, with the waits that refused calls were told', () => {
  const rows = rowsOf(calls);
  expect(rows.map(({ burst }) => burst)).toEqual([1, 0]);
  expect(rows[1]).toMatchObject({ sent: 3, ran: 1, refused: 2, waits: [1, 60] });
  expect(rows[0]?.waits).toBeUndefined();
  expect(rows[1]?.ranAt).toEqual(new Map([[0, 1]]));
});
