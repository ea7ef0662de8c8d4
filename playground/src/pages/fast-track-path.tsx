import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { fastTrackOf, minutesInAll, minutesOf, trackNow } from '../lesson/fast-track.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { recallTrackPlace } from '../lesson/track-place.ts';
import { topicHref, trackHref } from '../place.ts';
import { tallyOf } from '../progress/topic-tally.ts';
import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import styles from './fast-track-path.module.css';

interface FastTrackPathProps {
  topics: TopicSummary[];
}

/** The short path through the course, topic by topic, each with a fix to write. */
export function FastTrackPath({ topics }: FastTrackPathProps) {
  const { progress } = useLab();
  const steps = fastTrackOf(topics, outlineOf);
  const now = trackNow(topics, outlineOf, progress, recallTrackPlace());
  if (steps.length === 0) return null;
  const visited = [...new Set(steps.map(({ topic }) => topic))].map((topic) => {
    const own = steps.filter((step) => step.topic === topic);
    const { trackHolds } = tallyOf(topic, progress[topic.slug]);
    return { topic, own, trackHolds };
  });
  return (
    <>
      <h2>The fast track</h2>
      <p>
        {minutesInAll(steps)} minutes: {minutesOf(steps)} of reading, an attack to fire after most
        sections, and four fixes to write, each checked by the attacks that its text covers and no
        others. In a terminal, <code>npm run grade -- --fast-track</code> says the same.{' '}
        {now ? (
          <a href={now.href}>{now.begun ? 'Go on with the fast track' : 'Begin the fast track'}</a>
        ) : (
          'All of it holds: now the whole module.'
        )}
      </p>
      <ol className={styles.path}>
        {visited.map(({ topic, own, trackHolds }) => (
          <li key={topic.slug}>
            <p>
              <strong>
                {topic.number} {topic.title}
              </strong>{' '}
              <span className={styles.minutes}>{minutesOf(own)} min</span>
            </p>
            <ul className={styles.sections}>
              {own.map(({ section: { id, title } }) => (
                <li key={id}>
                  <a href={topicHref(topic.slug, id)}>
                    <Prose text={title} />
                  </a>
                </li>
              ))}
              <li>
                <a href={trackHref(topic.slug)}>The fix, {topic.fastTrack.length} checks</a>
                {trackHolds && (
                  <span className={styles.holds}>
                    {' '}
                    <Icon name="works" /> holds
                  </span>
                )}
              </li>
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}
