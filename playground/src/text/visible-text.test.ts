import { describe, expect, it } from 'vitest';
import { escapeInvisibleInJson, splitInvisible } from './visible-text.ts';

const shown = (text: string) =>
  splitInvisible(text)
    .map((stretch) => stretch.text)
    .join('');

describe('splitInvisible', () => {
  it('leaves ordinary text, line ends and letters of any script alone', () => {
    const text = 'São Paulo\n\t東京 \u05d0\u05d1 €';
    expect(splitInvisible(text)).toEqual([{ text, escaped: false }]);
  });

  it('shows a right-to-left override as an escape, marked as one', () => {
    expect(splitInvisible('a\u202eb')).toEqual([
      { text: 'a', escaped: false },
      { text: '\\u202e', escaped: true },
      { text: 'b', escaped: false },
    ]);
  });

  it.each([
    ['\u0000', '\\u0000'],
    ['\u001b[2J', '\\u001b[2J'],
    ['\r', '\\r'],
    ['\u0085', '\\u0085'],
    ['\u00a0', '\\u00a0'],
    ['\u200b', '\\u200b'],
    ['\u2028', '\\u2028'],
    ['\u2066', '\\u2066'],
    ['\ufeff', '\\ufeff'],
    ['\ufe0f', '\\ufe0f'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\ud800'],
    ['\u3164', '\\u3164'],
  ])('makes %j visible', (character, escape) => {
    expect(shown(character)).toBe(escape);
  });

  it('joins neighbours, so that a run of escapes is one stretch', () => {
    expect(splitInvisible('\u0000\u0001\u0002')).toHaveLength(1);
  });

  it('stays small for a flood of alternating characters', () => {
    expect(splitInvisible('a\u200b'.repeat(10_000))).toHaveLength(1);
  });
});

describe('escapeInvisibleInJson', () => {
  it('changes the spelling and not the value', () => {
    const value = { city: 'Ber\u202elin\u{e0041}\u00a0' };
    const text = escapeInvisibleInJson(JSON.stringify(value, null, 2));
    expect(text).toContain('\\u202e');
    expect(JSON.parse(text)).toEqual(value);
  });
});
