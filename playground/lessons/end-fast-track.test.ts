import type { Element, Root } from 'hast';
import { VFile } from 'vfile';
import { expect, it } from 'vitest';
import { endFastTrack } from './end-fast-track.ts';

const element = (tagName: string, id?: string): Element => ({
  type: 'element',
  tagName,
  properties: id === undefined ? {} : { id },
  children: [],
});

it('marks the end of each section that belongs to it', () => {
  const lesson: Root = {
    type: 'root',
    children: [
      element('h2', 'a'),
      element('p'),
      element('h3', 'b'),
      element('p'),
      element('h2', 'c'),
      element('p'),
    ],
  };
  endFastTrack()(lesson, new VFile({ data: { fastTrack: ['a', 'c'] } }));
  expect(
    lesson.children.map((node) =>
      node.type === 'element' ? [node.tagName, node.properties.dataSection ?? ''].join(' ') : '',
    ),
  ).toEqual(['h2 ', 'p ', 'fast-track-end a', 'h3 ', 'p ', 'h2 ', 'p ', 'fast-track-end c']);
});

it('leaves a lesson that has no part in it alone', () => {
  const lesson: Root = { type: 'root', children: [element('h2', 'a')] };
  endFastTrack()(lesson, new VFile());
  expect(lesson.children).toHaveLength(1);
});
