import { expect, it } from 'vitest';
import { excerptOf } from './excerpt-of.ts';

const body = `${'before '.repeat(20)}a Needle in it ${'after '.repeat(40)}`;

it('shows where a word is that the title has not', () => {
  const found = excerptOf({ title: 'Hay', body }, 'hay needle');
  expect(found).toMatch(/^…before (?:before )*a Needle in it (?:after )+.*…$/);
  expect(found?.length).toBeLessThan(160);
  expect(excerptOf({ title: 'Hay', body: 'A needle.' }, 'needle')).toBe('A needle.');
});

it('shows nothing if the title has all words, or the prose has none', () => {
  expect(excerptOf({ title: 'A needle', body }, 'needle')).toBeUndefined();
  expect(excerptOf({ title: 'Hay', body }, 'nowhere')).toBeUndefined();
  expect(excerptOf({ title: 'Hay' }, 'needle')).toBeUndefined();
});
