/** An outline as it is sent with every page: without the ids that follow from the titles. */
import type { Outline, Section } from '../../lessons/outline.ts';

export interface SentOutline extends Omit<Outline, 'sections'> {
  sections: (Omit<Section, 'id'> & Partial<Pick<Section, 'id'>>)[];
}

/** What most ids are; the others, such as those of titles that come twice, are sent. */
const likelyId = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

export const toSend = ({ sections, ...outline }: Outline): SentOutline => ({
  ...outline,
  sections: sections.map(({ id, ...section }) =>
    id === likelyId(section.title) ? section : { id, ...section },
  ),
});

export const asSent = ({ sections, ...outline }: SentOutline): Outline => ({
  ...outline,
  sections: sections.map(({ id, ...section }) => ({
    id: id ?? likelyId(section.title),
    ...section,
  })),
});
