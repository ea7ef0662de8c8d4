import type { TopicSummary } from '../../lab-api.ts';
import { fastTrackOf, minutesOf } from '../lesson/fast-track.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { topicHref } from '../place.ts';
import { Prose } from '../text/prose.tsx';
import styles from './fast-track-path.module.css';

interface FastTrackPathProps {
  topics: TopicSummary[];
}

/** The short path through the course, topic by topic. */
export function FastTrackPath({ topics }: FastTrackPathProps) {
  const steps = fastTrackOf(topics, outlineOf);
  const [first] = steps;
  if (!first) return null;
  const visited = [...new Set(steps.map(({ topic }) => topic))].map((topic) => {
    const own = steps.filter((step) => step.topic === topic);
    return { topic, sections: own.map(({ section }) => section), minutes: minutesOf(own) };
  });
  const minutes = visited.reduce((sum, topic) => sum + topic.minutes, 0);
  return (
    <>
      <h2>The fast track</h2>
      <p>
        Half an hour: {minutes} minutes of reading, and an attack to fire after most sections. Each
        section says what to do next.{' '}
        <a href={topicHref(first.topic.slug, first.section.id)}>Begin the fast track</a>, or go in
        where you like:
      </p>
      <ol className={styles.path}>
        {visited.map(({ topic, sections, minutes }) => (
          <li key={topic.slug}>
            <p>
              <strong>
                {topic.number} {topic.title}
              </strong>{' '}
              <span className={styles.minutes}>{minutes} min</span>
            </p>
            <ul className={styles.sections}>
              {sections.map(({ id, title }) => (
                <li key={id}>
                  <a href={topicHref(topic.slug, id)}>
                    <Prose text={title} />
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}
