import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import { topicHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import styles from './progress-columns.module.css';
import { tallyOf } from './topic-tally.ts';

interface LessonCellProps {
  topic: TopicSummary;
  progress: TopicProgress;
}

/** A lesson is done when its quiz is; until then the cell leads to whichever comes next. */
export function LessonCell({ topic, progress }: LessonCellProps) {
  const { opened, quiz, lessonDone } = tallyOf(topic, progress);
  if (lessonDone) {
    return (
      <span className={styles.done}>
        <Icon name="works" /> Done
      </span>
    );
  }
  const isBegun = opened || quiz.right > 0;
  const words = isBegun ? `${quiz.right} of ${quiz.all} answered` : 'Read it';
  return (
    <a
      className={styles.open}
      href={topicHref(topic.slug, isBegun ? 'quiz' : undefined)}
      aria-label={`${words}, ${topic.title}`}
    >
      {words}
    </a>
  );
}
