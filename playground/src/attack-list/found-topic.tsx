import type { AttackSummary, TopicSummary } from '../../lab-api.ts';
import { markOf } from '../console/mark-of.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { attackHref, topicHref } from '../place.ts';
import { Prose } from '../text/prose.tsx';
import { VerdictMark } from '../text/verdict-mark.tsx';
import styles from './found-topic.module.css';

interface FoundTopicProps {
  topic: TopicSummary;
  /** Of this topic, those to show. */
  attacks: AttackSummary[];
}

export function FoundTopic({ topic, attacks }: FoundTopicProps) {
  const { progress } = useLab();
  return (
    <section className={styles.topic} aria-labelledby={topic.slug}>
      <h2 id={topic.slug} className={styles.title}>
        <a href={topicHref(topic.slug)}>
          {topic.number} {topic.title}
        </a>
      </h2>
      <ul className={styles.attacks}>
        {attacks.map((attack) => (
          <li key={attack.id} className={styles.attack}>
            <VerdictMark
              verdict={markOf({ kind: 'attack', id: attack.id }, progress[topic.slug])}
            />
            <div>
              <a href={attackHref(attack.id)}>
                <Prose text={attack.title} />
              </a>{' '}
              <code className={styles.id}>{attack.id}</code>
              <p className={styles.story}>
                <Prose text={attack.story} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
