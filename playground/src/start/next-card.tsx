import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { trackNow } from '../lesson/fast-track.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { recallTrackPlace } from '../lesson/track-place.ts';
import { hrefOf } from '../place.ts';
import { nextStep } from '../progress/next-step.ts';
import { tallyOf } from '../progress/topic-tally.ts';
import styles from './next-card.module.css';

/** The one thing to do now, which differs with what was done, and how much there is after it. */
export function NextCard({ topics }: { topics: TopicSummary[] }) {
  const { progress } = useLab();
  const next = nextStep(topics, progress);
  const tallies = topics.map((topic) => tallyOf(topic, progress[topic.slug]));
  const solved = tallies.filter(({ passed }) => passed).length;
  const begun = tallies.some(({ opened, tried, checks }) => opened || tried || checks);
  const track = trackNow(topics, outlineOf, progress, recallTrackPlace());
  return (
    <section className={styles.card} aria-label="Next step">
      <p className={styles.word}>{begun ? 'Next' : 'Begin here'}</p>
      <p className={styles.step}>{next.text}</p>
      <p className={styles.links}>
        <a className={styles.go} href={next.href}>
          {begun ? 'Continue' : 'Begin'}
        </a>
        <a href={hrefOf('progress')}>
          What is left: {topics.length - solved} of {topics.length} topics
        </a>
      </p>
      {track && (
        <p className={styles.track}>
          {track.begun ? 'On the fast track: ' : 'Only 40 minutes? '}
          <a href={track.href}>{track.text}</a>
        </p>
      )}
    </section>
  );
}
