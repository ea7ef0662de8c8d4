import { expect, it } from 'vitest';
import { diffText } from './diff-text.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `line ${i}`);

it('compares lines, and leaves out what is far from a difference', () => {
  const left = numbered(20).join('\n');
  const right = left.replace('line 10', 'line ten');
  expect(diffText(left, right)).toEqual({
    by: 'lines',
    parts: [
      { kind: 'skipped', amount: '8 equal lines' },
      { kind: 'same', text: 'line 8\nline 9\n' },
      { kind: 'left', text: 'line 10\n' },
      { kind: 'right', text: 'line ten\n' },
      { kind: 'same', text: 'line 11\nline 12\n' },
      { kind: 'skipped', amount: '7 equal lines' },
    ],
  });
});

it('compares words where there is one line', () => {
  expect(diffText('the city is Bern', 'the city is Paris')).toEqual({
    by: 'words',
    parts: [
      { kind: 'same', text: 'the city is ' },
      { kind: 'left', text: 'Bern' },
      { kind: 'right', text: 'Paris' },
    ],
  });
});

it('gives up on texts that have nothing in common, and does so soon', () => {
  const started = performance.now();
  const [left, right] = ['a', 'b'].map((letter) =>
    Array.from({ length: 8_000 }, (_, i) => `${letter}${i}`).join(' '),
  );
  expect(diffText(left ?? '', right ?? '')).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(3_000);
});
