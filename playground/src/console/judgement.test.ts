import { expect, it } from 'vitest';
import { describeTally, judge, judgeTally } from './judgement.ts';

it('judges a series by the worst that happened, and says how often', () => {
  expect(judgeTally({ blocked: 19, breached: 1 })).toMatchObject({
    word: 'Breached 1 of 20',
    tone: 'breached',
  });
  expect(judgeTally({ blocked: 3 })?.word).toBe('Blocked 3 of 3');
  expect(judgeTally({})).toBeUndefined();
});

it('counts a target that broke down in a series, which the lab did not', () => {
  const broken = { type: 'broken', target: 'yours', message: 'It hangs.' } as const;
  expect(judge(broken, { blocked: 4 }).word).toBe('Could not run 1 of 5');
  expect(judge(broken).word).toBe('Could not run');
});

it('lists a count, the worst first', () => {
  expect(describeTally({ blocked: 2, breached: 3 })).toBe('3 breached, 2 blocked');
});
