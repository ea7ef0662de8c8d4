import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { standingOf } from '../layout/topic-standing.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { topicHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import styles from './topic-map.module.css';

/** All topics by state; each attack is a square that fills when the learner's server stops it. */
export function TopicMap({ topics }: { topics: TopicSummary[] }) {
  const { progress } = useLab();
  return (
    <ol className={styles.map} aria-label="All topics">
      {topics.map((topic) => (
        <MapTopic key={topic.slug} topic={topic} progress={progress[topic.slug] ?? {}} />
      ))}
    </ol>
  );
}

function MapTopic({ topic, progress }: { topic: TopicSummary; progress: TopicProgress }) {
  const { slug, number, title, attacks } = topic;
  const standing = standingOf(topic, progress);
  const minutes = outlineOf(slug)?.minutes;
  return (
    <li className={styles.topic}>
      <p className={styles.title}>
        <span className={styles.number}>{number}</span> <a href={topicHref(slug)}>{title}</a>
        {minutes !== undefined && <span className={styles.minutes}>{minutes} min</span>}
      </p>
      <p className={standing.finished ? styles.finished : styles.standing}>
        <Icon name={standing.icon} /> {standing.text}
      </p>
      {/* The words above say how many. */}
      <p className={styles.squares} aria-hidden="true">
        {attacks.map(({ id, title: name }) => (
          <span
            key={id}
            title={name}
            data-verdict={(progress.problem === undefined && progress.verdicts?.[id]) || 'untried'}
          />
        ))}
      </p>
    </li>
  );
}
