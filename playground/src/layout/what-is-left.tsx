import { useLab } from '../lab-client/lab-context.ts';
import { hrefOf } from '../place.ts';
import { tallyOf } from '../progress/topic-tally.ts';
import styles from './masthead-actions.module.css';

/** From anywhere to what is left, and how many topics that are. */
export function WhatIsLeft() {
  const { catalogue, progress } = useLab();
  const topics = catalogue.state === 'ready' ? catalogue.catalogue.topics : undefined;
  const left = topics?.filter((topic) => !tallyOf(topic, progress[topic.slug]).passed).length;
  return (
    <a className={styles.left} href={hrefOf('progress')}>
      What is left <strong className={styles.count}>{left}</strong>
    </a>
  );
}
