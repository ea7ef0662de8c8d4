import { expect, test } from 'vitest';
import { compareParts } from './compare-parts.ts';

test('what became of each member is said, in the order of the token', () => {
  const real = { iss: 'a', aud: ['x'], jti: 'id', exp: 1 };
  const made = { iss: 'a', aud: ['x'], exp: '1', toString: null };
  expect(compareParts(real, made)).toEqual([
    { name: 'iss', value: 'a', was: 'a', change: 'same' },
    { name: 'aud', value: ['x'], was: ['x'], change: 'same' },
    { name: 'exp', value: '1', was: 1, change: 'changed' },
    { name: 'toString', value: null, change: 'added' },
    { name: 'jti', was: 'id', change: 'removed' },
  ]);
});
