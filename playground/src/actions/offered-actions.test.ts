import { expect, it } from 'vitest';
import { isOffered, offerAction, perform } from './offered-actions.ts';

it('performs what was offered last, until the offer is taken back', () => {
  const done: string[] = [];
  const stopFirst = offerAction('fire', () => done.push('first'));
  const stopSecond = offerAction('fire', () => done.push('second'));
  expect(perform('fire')).toBe(true);
  stopSecond();
  expect(perform('fire')).toBe(true);
  stopFirst();
  expect(isOffered('fire')).toBe(false);
  expect(perform('fire')).toBe(false);
  expect(done).toEqual(['second', 'first']);
});
