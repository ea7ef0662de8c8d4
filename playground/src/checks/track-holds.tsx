import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { fastTrackOf, trackNow } from '../lesson/fast-track.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { startHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import styles from './passed-panel.module.css';

interface TrackHoldsProps {
  topic: TopicSummary;
}

/** What the fast track asks of a topic is done; the topic as a whole may not be. */
export function TrackHolds({ topic }: TrackHoldsProps) {
  const { catalogue, progress } = useLab();
  const topics = catalogue.state === 'ready' ? catalogue.catalogue.topics : [];
  const all = topic.fastTrack.length;
  // The page may hear of its own grade a moment later.
  const known = { ...progress[topic.slug], track: { passed: all, all } };
  const next = trackNow(topics, outlineOf, { ...progress, [topic.slug]: known }, undefined);
  const fixes = new Set(fastTrackOf(topics, outlineOf).map((step) => step.topic)).size;
  return (
    <section className={styles.panel} aria-label="Fast track">
      <h3 className={styles.title}>
        <Icon name="blocked" /> {topic.number} {topic.title}: what the fast track covers holds
      </h3>
      <p className={styles.next}>
        {next ? (
          <a className={styles.go} href={next.href}>
            {next.text}
          </a>
        ) : (
          <>
            All {fixes} fixes hold. <a href={startHref}>Now the whole module</a>
          </>
        )}
      </p>
    </section>
  );
}
