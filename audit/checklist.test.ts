import { expect, test } from 'vitest';
import { requirements } from './checklist.ts';
import { CLASSIFICATIONS } from './classification.ts';

test('ids are unique', () => {
  expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
});

test('every item cites something over https, and says how to fix it in a sentence', () => {
  for (const { id, reference, fix, title } of requirements) {
    expect(reference.url, id).toMatch(/^https:\/\//);
    expect(fix, id).toMatch(/\.$/);
    expect(title, id).not.toMatch(/\.$/);
  }
});

test('every item has its gravity, and nothing else has', () => {
  expect(Object.keys(CLASSIFICATIONS)).toEqual(requirements.map(({ id }) => id));
});
