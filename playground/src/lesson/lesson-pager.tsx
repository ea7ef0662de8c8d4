import type { TopicSummary } from '../../lab-api.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { topicHref } from '../place.ts';
import styles from './lesson-pager.module.css';

interface LessonPagerProps {
  slug: string;
  topics: TopicSummary[];
}

export function LessonPager({ slug, topics }: LessonPagerProps) {
  const at = topics.findIndex((topic) => topic.slug === slug);
  const previous = topics[at - 1];
  const next = topics[at + 1];
  usePageAction('previous', previous && (() => goTo(previous)));
  usePageAction('next', next && (() => goTo(next)));
  return (
    <nav className={styles.pager} aria-label="Previous and next topic">
      {previous && (
        <a className={styles.previous} href={topicHref(previous.slug)}>
          <span className={styles.word}>Previous</span> {previous.number} {previous.title}
        </a>
      )}
      {next && (
        <a className={styles.next} href={topicHref(next.slug)}>
          <span className={styles.word}>Next</span> {next.number} {next.title}
        </a>
      )}
    </nav>
  );
}

function goTo({ slug }: TopicSummary): void {
  location.hash = topicHref(slug);
}
