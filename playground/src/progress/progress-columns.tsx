import { attackHref } from '../place.ts';
import type { TopicColumn } from '../pages/topic-table.tsx';
import { Icon } from '../text/icon.tsx';
import { ChecksCell } from './checks-cell.tsx';
import { LessonCell } from './lesson-cell.tsx';
import styles from './progress-columns.module.css';
import { tallyOf } from './topic-tally.ts';

/** What was done in each topic, with the way to do more of it. */
export const progressColumns: TopicColumn[] = [
  {
    title: 'Lesson',
    cell: (topic, progress) => <LessonCell topic={topic} progress={progress} />,
  },
  {
    title: 'Attacks',
    cell(topic, progress) {
      const { attacks, blocked } = tallyOf(topic, progress);
      const open = topic.attacks.find(({ id }) => progress.verdicts?.[id] !== 'blocked');
      const next = open ?? topic.attacks[0];
      const count = `${blocked} of ${attacks} blocked`;
      return (
        <span className={blocked === attacks ? styles.done : styles.open}>
          {next ? (
            <a href={attackHref(next.id)} aria-label={`${count}, ${topic.title}`}>
              {count}
            </a>
          ) : (
            count
          )}
        </span>
      );
    },
  },
  { title: 'Checks', cell: (topic, progress) => <ChecksCell topic={topic} progress={progress} /> },
  {
    title: 'Solved',
    cell(topic, progress) {
      const { passed, changed, broken } = tallyOf(topic, progress);
      if (broken) {
        return (
          <span className={styles.broken}>
            <Icon name="notRun" /> Does not load
          </span>
        );
      }
      if (!passed) return <span className={styles.note}>Not solved yet</span>;
      return (
        <span className={styles.solved}>
          <Icon name="works" /> Solved
          {changed && <span className={styles.below}>saved since</span>}
          {progress.spoiled && <span className={styles.below}>reference seen before</span>}
        </span>
      );
    },
  },
];
