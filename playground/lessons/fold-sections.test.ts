import type { Element, Root } from 'hast';
import { expect, it } from 'vitest';
import { foldSections } from './fold-sections.ts';

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
  foldSections()(tree);
  expect(names(tree)).toEqual(['h2', 'p', 'h2', 'details', 'h2', 'p']);
  expect(tree.children[3]).toMatchObject({ properties: { dataSpoils: true } });
});

it('folds what is for looking up, each for itself', () => {
  const tree = lesson(
    heading('What changed since the course module'),
    paragraph('a'),
    heading('What packages do'),
    paragraph('b'),
    heading('Sources'),
    paragraph('c'),
    heading('The reference'),
    paragraph('d'),
  );
  foldSections()(tree);
  expect(names(tree)).toEqual(Array.from({ length: 4 }, () => ['h2', 'details']).flat());
  expect(tree.children[1]).toMatchObject({ properties: {} });
});

it('leaves a lesson without one alone', () => {
  const tree = lesson(heading('What goes wrong'), paragraph('a'));
  foldSections()(tree);
  expect(names(tree)).toEqual(['h2', 'p']);
});
