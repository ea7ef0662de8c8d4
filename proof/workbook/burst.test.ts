/**
 * The burst view's firing: what the insecure limiter lets through, and the reference does not.
 *
 * @module-tag long
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Burst } from '../../studies/burst/shared.ts';
import { fireBursts } from '../../studies/burst/fire-bursts.ts';
import { INSTANCES } from '../../catalogue/attacks/18-many-instances/over-instances.ts';
import { Lab } from '../../lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const boundary: Burst[] = [
  { atSecond: 60.5, calls: 60 },
  { atSecond: 0, calls: 1 },
  { atSecond: 59.5, calls: 60 },
];
const fire = async (kind: 'baseline' | 'reference', bursts: Burst[]) => {
  const { calls, limit } = await lab.study({ kind }, (session) => fireBursts(session, bursts));
  expect(limit).toBe(60);
  return calls;
};

test('the reference lets sixty calls of the window boundary through, the insecure server all', async () => {
  const weak = await fire('baseline', boundary);
  expect(weak.filter(({ fate }) => fate === 'ran')).toHaveLength(121);
  const right = await fire('reference', boundary);
  const afterBoundary = right.filter(({ burst, fate }) => burst === 0 && fate === 'ran');
  expect(afterBoundary.length).toBeLessThanOrEqual(2);
  expect(right.filter(({ fate }) => fate === 'neither')).toEqual([]);
  for (const { fate, retryAfterSeconds } of right) {
    expect(retryAfterSeconds !== undefined).toBe(fate === 'refused');
  }
});

test('times are those of the schedule, on the clock of the server', async () => {
  const calls = await fire('reference', boundary);
  expect(calls.map(({ burst }) => burst).slice(0, 2)).toEqual([1, 2]);
  for (const { burst, at } of calls) {
    const planned = (boundary[burst]?.atSecond ?? 0) * 1000;
    expect(at).toBeGreaterThan(planned - 200);
    expect(at).toBeLessThan(planned + 5000);
  }
});

test('three instances share one minute, and where they share nothing each burst runs whole', async () => {
  const spread: Burst[] = [{ atSecond: 5, calls: 120 }];
  const ran: Record<string, number> = {};
  for (const spec of [
    { kind: 'without', topic: '18-many-instances' },
    { kind: 'reference' },
  ] as const) {
    const { calls, instances } = await lab.study(
      spec,
      (session) => fireBursts(session, spread),
      INSTANCES,
    );
    expect(instances).toBe(INSTANCES);
    expect(new Set(calls.map(({ instance }) => instance)).size).toBe(INSTANCES);
    ran[spec.kind] = calls.filter(({ fate }) => fate === 'ran').length;
  }
  expect(ran).toEqual({ without: 120, reference: 60 });
});
