import type { Outline } from '../../lessons/outline.ts';

/** Of every lesson, without the lessons: what the start page and the lists of headings need. */
const outlines = import.meta.glob<Outline>('../../../lessons/*.md', {
  query: '?outline',
  import: 'default',
  eager: true,
});

/** `undefined` when this copy has no lesson for the topic. */
export function outlineOf(slug: string): Outline | undefined {
  return outlines[`../../../lessons/${slug}.md`];
}
