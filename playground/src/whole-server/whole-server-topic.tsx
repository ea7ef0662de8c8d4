import type { WholeServerItem } from '../../../grader/whole-server.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { attackHref, ordinaryUseHref, topicHref } from '../place.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import styles from './whole-server-topic.module.css';

interface WholeServerTopicProps {
  topic: TopicSummary;
  /** The items to show, out of all that are known. */
  items: WholeServerItem[];
  of: WholeServerItem[];
}

/** The checklist of one topic. */
export function WholeServerTopic({ topic, items, of }: WholeServerTopicProps) {
  const holding = of.filter(({ holds }) => holds).length;
  return (
    <section className={styles.topic} aria-label={topic.title}>
      <h2 className={styles.heading}>
        <a href={topicHref(topic.slug)}>
          {topic.number} {topic.title}
        </a>{' '}
        <span className={holding === of.length ? styles.allHold : styles.count}>
          {holding} of {of.length} hold
        </span>
      </h2>
      <ul className={styles.items}>
        {items.map(({ id, kind, title, holds, evidence }) => (
          <li key={id} className={holds ? styles.holds : styles.open}>
            <span className={styles.verdict}>
              <Icon name={holds ? 'works' : 'fails'} /> {holds ? 'holds' : 'open'}
            </span>
            <span className={styles.what}>
              <a href={kind === 'use' ? ordinaryUseHref(id) : attackHref(id)}>{title}</a>
              {kind === 'use' && <span className={styles.kind}> ordinary use</span>}
              <span className={styles.evidence}>
                <HostileText text={evidence} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
