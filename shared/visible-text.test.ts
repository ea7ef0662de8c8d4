import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeInvisibleInJson,
  isInvisible,
  splitInvisible,
  visibleLine,
  visibleText,
} from './visible-text.ts';

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
    ['\u115f', '\\u115f'],
    ['\u034f', '\\u034f'],
    ['\u{e0100}', '\\u{e0100}'],
    ['\u2003', '\\u2003'],
    ['\u2800', '\\u2800'],
    ['\uffff', '\\uffff'],
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

describe('visibleText and visibleLine', () => {
  // Halves of pairs as well.
  const anything = fc
    .array(
      fc.oneof(
        fc.nat({ max: 0x10ffff }),
        fc.integer({ min: 0xd700, max: 0xe010 }),
        fc.nat({ max: 0xff }),
      ),
      { maxLength: 60 },
    )
    .map((codes) => String.fromCodePoint(...codes));

  it('leave nothing unseen, whatever they are given, and change nothing twice', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = visibleLine(text);
        expect(Array.from(line).filter((one) => isInvisible(one) || /[\n\t]/.test(one))).toEqual(
          [],
        );
        expect(visibleLine(line)).toBe(line);
        expect(Array.from(visibleText(text)).filter(isInvisible)).toEqual([]);
      }),
    );
  });

  it('agree with what the page shows', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(visibleText(text)).toBe(shown(text));
      }),
    );
  });

  it('keep lines, or do not', () => {
    expect(visibleText('a\tb\r\nc')).toBe('a\tb\\r\nc');
    expect(visibleLine('a\tb\r\nc')).toBe('a\\tb\\r\\nc');
  });

  it('cut between characters, and never within an escape', () => {
    expect(visibleLine('ab', 2)).toBe('ab');
    expect(visibleLine('abc', 2)).toBe('ab…');
    expect(visibleLine('a\u202eb', 6)).toBe('a…');
    expect(visibleLine('a🌧b', 2)).toBe('a…');
    expect(visibleLine('a🌧b', 3)).toBe('a🌧…');
  });
});
