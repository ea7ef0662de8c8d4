/** What all lessons say, for the search. A chunk of its own, loaded when the palette is opened. */
import type { SectionText } from '../../lessons/section-texts.ts';

const byFile = import.meta.glob<SectionText[]>('../../../lessons/*.md', {
  query: '?text',
  import: 'default',
  eager: true,
});

/** Topic slug -> its sections. */
export const lessonTexts: Record<string, SectionText[]> = Object.fromEntries(
  Object.entries(byFile).map(([file, texts]) => [
    file.replace(/^.*\/(.*)\.md$/, (_all, slug: string) => slug),
    texts,
  ]),
);
