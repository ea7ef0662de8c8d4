import type { Heading, Paragraph, PhrasingContent, Root } from 'mdast';
import { expect, it } from 'vitest';
import { outlineOf } from './outline.ts';

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const heading = (depth: 2 | 3, ...children: PhrasingContent[]): Heading => ({
  type: 'heading',
  depth,
  children,
});
const prose = (words: number): Paragraph => ({
  type: 'paragraph',
  children: [text('word '.repeat(words))],
});
const lesson: Root = {
  type: 'root',
  children: [
    heading(2, text('One step')),
    prose(398),
    heading(3, { type: 'inlineCode', value: 'iss' }, text(', and why')),
    prose(197),
    heading(2, text('One step')),
    prose(98),
    heading(2, text('The reference')),
    prose(4000),
    heading(3, text('Of it a part')),
    prose(4000),
  ],
};

it('lists the headings with the ids that rehype-slug gives them, and minutes on the fast track', () => {
  expect(outlineOf(lesson, { fastTrack: ['one-step-1'], quiz: [] }).sections).toEqual([
    { id: 'one-step', title: 'One step', depth: 2 },
    { id: 'iss-and-why', title: '`iss`, and why', depth: 3 },
    { id: 'one-step-1', title: 'One step', depth: 2, fastTrackMinutes: 0.5 },
    { id: 'the-reference', title: 'The reference', depth: 2 },
    { id: 'of-it-a-part', title: 'Of it a part', depth: 3 },
  ]);
});

it('does not count what is folded', () => {
  expect(outlineOf(lesson, { fastTrack: [], quiz: [] }).minutes).toBe(4);
});

it('refuses a fast track through a section that is not there', () => {
  expect(() => outlineOf(lesson, { fastTrack: ['one-step', 'nowhere'], quiz: [] })).toThrow(
    /leads to nowhere/,
  );
});

it('ends with the quiz, if there is one', () => {
  const { sections, minutes } = outlineOf(lesson, { fastTrack: [], quiz: [{}] });
  expect(sections.at(-1)).toMatchObject({ id: 'quiz', title: 'Check your understanding' });
  expect(minutes).toBe(4);
});
