/** The page imports nothing but types from the lab; what both must know is compared here. */
import { expect, test } from 'vitest';
import * as burst from '../../studies/burst/shared.ts';
import * as envelope from '../../studies/envelope/shared.ts';
import * as forensics from '../../studies/forensics/shared.ts';
import * as tokens from '../../studies/tokens/shared.ts';
import * as schedule from '../src/burst/schedule.ts';
import * as operations from '../src/envelope/operations.ts';
import { DOES_NOT_TELL } from '../src/forensics/does-not-tell.ts';
import * as recipe from '../src/tokens/recipe.ts';
import { signingsInOrder } from '../src/tokens/signing-words.ts';

test('bounds of a schedule', () => {
  expect(schedule.MOST_CALLS).toBe(burst.MOST_CALLS);
  expect(schedule.LATEST_BURST).toBeLessThanOrEqual(burst.LAST_SECOND);
  const [preset] = schedule.presets;
  const busiest = { ...preset!.schedule, everyTenSeconds: schedule.MOST_EVERY_TEN_SECONDS };
  const bursts = schedule.burstsOf({ ...busiest, shape: 'steady' });
  expect(bursts.length).toBeLessThanOrEqual(burst.MOST_BURSTS);
  expect(schedule.callsOf(bursts)).toBeLessThanOrEqual(burst.MOST_CALLS);
});

test('bounds of the study', () => {
  expect(operations.MOST_OPERATIONS).toBe(envelope.MOST_OPERATIONS);
  expect(operations.LONGEST_TEXT).toBe(envelope.LONGEST_TEXT);
});

test('the answer that a log does not tell', () => {
  expect(DOES_NOT_TELL).toBe(forensics.DOES_NOT_TELL);
});

test('what a token can be made of, and presented to', () => {
  expect(recipe.MOST_CHANGED_BYTES).toBe(tokens.MOST_CHANGED_BYTES);
  expect(recipe.scopeOfTool).toEqual(tokens.scopeOfTool);
  expect([...signingsInOrder].sort()).toEqual([...tokens.signings].sort());
});
