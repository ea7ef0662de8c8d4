import type { Outline } from '../../lessons/outline.ts';
import { asSent, type SentOutline } from './sent-outline.ts';

/** Of every lesson, without the lessons: what the start page and the lists of headings need. */
const sent = import.meta.glob<SentOutline>('../../../lessons/*.md', {
  query: '?outline',
  import: 'default',
  eager: true,
});

const outlines = new Map(Object.entries(sent).map(([file, own]) => [file, asSent(own)]));

/** `undefined` when this copy has no lesson for the topic. */
export function outlineOf(slug: string): Outline | undefined {
  return outlines.get(`../../../lessons/${slug}.md`);
}
