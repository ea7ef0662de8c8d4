import type { Nodes, PhrasingContent } from 'mdast';
import { expect, it } from 'vitest';
import { CODE_WORDS_PER_MINUTE, PROSE_WORDS_PER_MINUTE, readingTime } from './reading-time.ts';

const words = (count: number): string => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');
const text = (value: string): PhrasingContent => ({ type: 'text', value });
const paragraph = (...children: PhrasingContent[]): Nodes => ({ type: 'paragraph', children });
const code = (value: string): Nodes => ({ type: 'code', lang: 'ts', value });

it('reads 200 words of prose a minute, and half as many of code', () => {
  expect(PROSE_WORDS_PER_MINUTE).toBe(200);
  expect(CODE_WORDS_PER_MINUTE).toBe(100);
  expect(readingTime([paragraph(text(words(200)))])).toBe(1);
  expect(readingTime([code(words(100))])).toBe(1);
  expect(readingTime([paragraph(text(words(100))), code(words(50))])).toBe(1);
});

it('counts names and numbers in code, and neither brackets nor operators', () => {
  expect(readingTime([code('if (used >= 60) {\n  return refuse();\n}')]) * 100).toBeCloseTo(5);
});

it('does not join words over the marks within a sentence, nor over the cells of a table', () => {
  const marked = paragraph(text('one'), { type: 'strong', children: [text('and')] }, text(' two'), {
    type: 'inlineCode',
    value: ' three',
  });
  expect(readingTime([marked]) * 200).toBeCloseTo(3);
  const table: Nodes = {
    type: 'table',
    children: [
      {
        type: 'tableRow',
        children: [
          { type: 'tableCell', children: [text('one')] },
          { type: 'tableCell', children: [text('two')] },
        ],
      },
    ],
  };
  expect(readingTime([table]) * 200).toBeCloseTo(2);
});

it('takes no time for nothing', () => expect(readingTime([])).toBe(0));
