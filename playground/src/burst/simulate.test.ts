import { expect, it } from 'vitest';
import { busiestMinute, timesThatRan } from './minute.ts';
import { burstsOf, presets } from './schedule.ts';
import { simulateBursts } from './simulate.ts';

const [boundary, , steady] = presets;
const ran = (kind: Parameters<typeof simulateBursts>[0], preset: typeof boundary): number[] =>
  timesThatRan(simulateBursts(kind, 60, burstsOf(preset!.schedule)).calls);

it('a fixed window lets nearly twice the limit through around its end', () => {
  const times = ran('fixed', boundary);
  expect(times).toHaveLength(120);
  expect(busiestMinute(times)?.calls).toBe(119);
});

it('a sliding window lets no minute have more than the limit', () => {
  expect(busiestMinute(ran('sliding', boundary))?.calls).toBe(60);
});

it('a token bucket lets a burst through, and what it gained since', () => {
  expect(ran('bucket', boundary)).toHaveLength(62);
  expect(busiestMinute(ran('bucket', boundary))?.calls).toBe(61);
});

it('none of them refuses an ordinary client', () => {
  for (const kind of ['fixed', 'sliding', 'bucket'] as const) {
    expect(ran(kind, steady)).toHaveLength(96);
  }
});
