import { expect, it } from 'vitest';
import type { Operation } from '../../../studies/envelope/shared.ts';
import {
  cuts,
  describeOperation,
  rotations,
  swaps,
  toggleFlip,
  whyItMatters,
} from './operations.ts';

it('takes a flip back when it comes a second time', () => {
  const flip = { kind: 'flip', record: 'bob', member: 'iv', index: 2 } as const;
  const rotation: Operation = { kind: 'rewrap' };
  const once = toggleFlip([rotation], flip);
  expect(once).toEqual([rotation, flip]);
  expect(toggleFlip(once, { ...flip })).toEqual([rotation]);
  expect(toggleFlip(once, { ...flip, index: 3 })).toHaveLength(3);
});

it('describes every button differently, with a reason', () => {
  const all = [...swaps, ...cuts, ...rotations].map(({ operation }) => operation);
  expect(new Set(all.map(describeOperation)).size).toBe(all.length);
  for (const operation of all) expect(whyItMatters(operation)).toMatch(/\.$/);
});
