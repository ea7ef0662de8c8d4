import type { Element, Root } from 'hast';
import { expect, it } from 'vitest';
import { markTerms } from './mark-terms.ts';

const text = (value: string) => ({ type: 'text' as const, value });
const element = (tagName: string, ...children: Element['children']): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
});
const shown = (node: Root | Element): string =>
  node.children
    .map((child) => {
      if (child.type === 'text') return child.value;
      if (child.type !== 'element') return '';
      return child.tagName === 'gloss-term' ? `[${shown(child)}]` : shown(child);
    })
    .join('');
const mark = (...children: Element[]): string => {
  const tree: Root = { type: 'root', children };
  markTerms()(tree);
  return shown(tree);
};

it('marks the first mention of each term, and whole words only', () => {
  expect(
    mark(
      element('p', text('A tapestry, and the tape of the baseline; the tape again.')),
      element('ul', element('li', text('Its scopes, then a scope.'))),
    ),
  ).toBe(
    'A tapestry, and the [tape] of the [baseline]; the tape again.Its [scopes], then a scope.',
  );
});

it('leaves headings, links and code alone', () => {
  expect(
    mark(
      element('h2', text('The tape')),
      element('p', element('a', text('tape')), element('code', text('tape')), text(' IV')),
    ),
  ).toBe('The tapetapetape [IV]');
});
