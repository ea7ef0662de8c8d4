import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { LessonContents } from '../lesson/lesson-contents.tsx';
import { topicHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import styles from './topic-links.module.css';
import { standingOf } from './topic-standing.ts';

interface TopicLinksProps {
  topics: TopicSummary[];
  /** Slug of the topic that is open, if any. */
  current: string | undefined;
}

export function TopicLinks({ topics, current }: TopicLinksProps) {
  const { progress } = useLab();
  return (
    <ol className={styles.list}>
      {topics.map((topic) => {
        const standing = standingOf(topic, progress[topic.slug]);
        return (
          <li key={topic.slug}>
            <a
              className={styles.topic}
              href={topicHref(topic.slug)}
              aria-current={topic.slug === current ? 'page' : undefined}
            >
              <span className={styles.number}>{topic.number}</span>
              <span className={styles.title}>{topic.title}</span>
              <span className={standing.finished ? styles.finished : styles.standing}>
                <Icon name={standing.icon} /> {standing.text}
              </span>
            </a>
            {topic.slug === current && (
              <div className={styles.contents}>
                <LessonContents slug={topic.slug} />
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
