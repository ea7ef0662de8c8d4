import type { Element, Root } from 'hast';
import { expect, it } from 'vitest';
import { foldReference } from './fold-reference.ts';

const element = (tagName: string, value: string): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children: [{ type: 'text', value }],
});
const heading = (title: string): Element => element('h2', title);
const paragraph = (text: string): Element => element('p', text);
const names = (tree: Root): string[] =>
  tree.children.map((node) => (node.type === 'element' ? node.tagName : node.type));
const lesson = (...children: Root['children']): Root => ({ type: 'root', children });

it('folds what follows the heading of the reference, up to the next one', () => {
  const tree = lesson(
    heading('What goes wrong'),
    paragraph('a'),
    heading('The reference'),
    paragraph('b'),
    paragraph('c'),
    heading('After it'),
    paragraph('d'),
  );
  foldReference()(tree);
  expect(names(tree)).toEqual(['h2', 'p', 'h2', 'details', 'h2', 'p']);
});

it('leaves a lesson without one alone', () => {
  const tree = lesson(heading('What goes wrong'), paragraph('a'));
  foldReference()(tree);
  expect(names(tree)).toEqual(['h2', 'p']);
});
