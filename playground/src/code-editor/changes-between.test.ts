import { ChangeSet, Text } from '@codemirror/state';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changesBetween } from './changes-between.ts';

const apply = (before: string, after: string): string => {
  const changes = ChangeSet.of(changesBetween(before, after), before.length);
  return changes.apply(Text.of(before.split('\n'))).toString();
};

it('turns one text into the other', () => {
  const line = fc.constantFrom('', 'a', 'b', '  c', '東 😀');
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(fc.property(text, text, (before, after) => apply(before, after) === after));
});

it('leaves lines alone that both have', () => {
  const changes = ChangeSet.of(changesBetween('1\n2\n3\n4\n', '0\n1\n2\n3\nfour\n'), 8);
  expect(changes.mapPos(3)).toBe(5);
});

it('replaces all of a text that has next to nothing in common with the other', () => {
  const lines = (letter: string): string => Array(3_000).fill(letter).join('\n');
  expect(apply(lines('a'), lines('b'))).toBe(lines('b'));
});
