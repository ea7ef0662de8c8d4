/** The table of the topics in README. */
import { curriculum } from '../../catalogue/curriculum.ts';
import type { MadeTable } from './made-table.ts';

export const topicsTable: MadeTable = {
  document: 'README.md',
  name: 'topics',
  makeRows: () =>
    Promise.resolve([
      ['No.', 'Topic', 'Afterwards you can'],
      ...curriculum.map(({ slug, title, summary }) => [slug.slice(0, 2), title, summary]),
    ]),
};
