import type { TopicSummary } from '../../lab-api.ts';
import { attackHref, ordinaryUseHref, topicHref } from '../place.ts';
import styles from './attack-console.module.css';
import type { ConsoleItem } from './console-item.ts';
import { pageOfTopic } from './page-of-topic.ts';

interface ConsoleHeadProps {
  topic: TopicSummary;
  item: ConsoleItem;
  wide: boolean;
}

/** Title, the way to the lesson or to the full width, and why nothing here does harm. */
export function ConsoleHead({ topic, item, wide }: ConsoleHeadProps) {
  const page = pageOfTopic[topic.slug];
  return (
    <>
      <div className={styles.head}>
        {wide ? <h1 tabIndex={-1}>Attack console</h1> : <h2>Attack console</h2>}
        {wide ? (
          <a href={topicHref(topic.slug)}>
            Lesson {topic.number}, {topic.title}
          </a>
        ) : (
          <a href={item.kind === 'attack' ? attackHref(item.id) : ordinaryUseHref(item.id)}>
            Full width
          </a>
        )}
      </div>
      <p className={styles.safety}>
        Try anything you like: the shell, the files and the database behind these servers are in
        memory, and everything listens on this machine only. Nothing you send here can do harm
        outside the lab.
        {page && (
          <>
            {' '}
            {page.why}: <a href={page.href}>{page.link}</a>.
          </>
        )}
      </p>
    </>
  );
}
