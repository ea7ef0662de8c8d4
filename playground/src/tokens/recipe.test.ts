import { expect, test } from 'vitest';
import { presetGroups, presetOf, realToken } from './presets.ts';
import { MOST_CHANGED_BYTES } from '../../../studies/tokens/shared.ts';
import { readRecipe, recipeOf, untouched } from './recipe.ts';

const read = (header: string, claims: string) =>
  readRecipe({ header, claims, signing: 'authorization-server' });

test('changes are objects, and nothing written is nothing changed', () => {
  expect(read('', ' \n')).toEqual({
    changes: { header: {}, claims: {}, signing: 'authorization-server' },
  });
  expect(read('{"kid": null}', '{"aud": ["a"]}')).toEqual({
    changes: { header: { kid: null }, claims: { aud: ['a'] }, signing: 'authorization-server' },
  });
});

test('each field says what is wrong with it', () => {
  expect(read('{', '{}')).toEqual({
    problems: { header: expect.stringMatching(/^This is not valid JSON: /) },
  });
  for (const text of ['[]', 'null', '"sub"', '7']) {
    expect(read('[]', text)).toEqual({
      problems: {
        header: expect.stringMatching(/^Changes are a JSON object/),
        claims: expect.stringMatching(/^Changes are a JSON object/),
      },
    });
  }
});

test('both together are bounded, in bytes', () => {
  const long = JSON.stringify({ x: 'é'.repeat(MOST_CHANGED_BYTES / 2 - 20) });
  expect(read('{}', long)).toHaveProperty('changes');
  expect(read('{"y": "twenty characters more"}', long)).toHaveProperty('problems.claims');
});

test('a preset is known by its recipe, until something is changed', () => {
  const every = [realToken, ...presetGroups.flatMap(({ presets }) => presets)];
  for (const preset of every) {
    expect(presetOf({ ...preset.recipe })).toBe(preset);
    expect(readRecipe(preset.recipe)).toHaveProperty('changes');
  }
  expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
  expect(presetOf({ ...untouched, claims: '{"sub":"x"}' })).toBeUndefined();
  expect(recipeOf({ signing: 'kept' })).toEqual(untouched);
});
