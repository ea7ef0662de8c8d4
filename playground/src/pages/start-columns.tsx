import { standingOf } from '../layout/topic-standing.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import type { TopicColumn } from './topic-table.tsx';
import styles from './topic-table.module.css';

/** What a beginner wants to know of the topics. */
export const startColumns: TopicColumn[] = [
  { title: 'What it is about', cell: ({ summary }) => <Prose text={summary} /> },
  {
    title: 'To read',
    cell: ({ slug }) => <span className={styles.minutes}>{minutesToRead(slug)}</span>,
  },
  {
    title: 'Where you are',
    cell(topic, progress) {
      const standing = standingOf(topic, progress);
      return (
        <span className={standing.finished ? styles.finished : styles.standing}>
          <Icon name={standing.icon} /> {standing.text}
        </span>
      );
    },
  },
];

function minutesToRead(slug: string): string {
  const minutes = outlineOf(slug)?.minutes;
  return minutes === undefined ? '' : `${minutes} min`;
}
