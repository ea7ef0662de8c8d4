import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab/lab-context.ts';
import {
  auditHref,
  burstHref,
  envelopeHref,
  flowHref,
  forensicsHref,
  startHref,
  topicHref,
  type Place,
} from '../place.ts';
import { Icon } from '../text/icon.tsx';
import styles from './topic-nav.module.css';
import { standingOf } from './topic-standing.ts';

interface TopicNavProps {
  topics: TopicSummary[];
  /** Slug of the topic that is open, if any. */
  current: string | undefined;
  page: Place['page'];
  /** On narrow screens the list is closed until asked for. */
  open: boolean;
}

/** Pages that are no topic. */
const pages: { page: Place['page']; href: string; title: string }[] = [
  { page: 'start', href: startHref, title: 'Start' },
  { page: 'flow', href: flowHref(), title: 'The OAuth flow, step by step' },
  { page: 'envelope', href: envelopeHref, title: 'Envelopes on the bench' },
  { page: 'burst', href: burstHref, title: 'Bursts against the limit' },
  { page: 'forensics', href: forensicsHref, title: 'After the incident' },
  { page: 'audit', href: auditHref, title: 'The security audit' },
];

export function TopicNav({ topics, current, page, open }: TopicNavProps) {
  const { progress } = useLab();
  return (
    <nav
      id="topics"
      className={open ? `${styles.nav} ${styles.open}` : styles.nav}
      aria-label="Topics"
    >
      {pages.map((own) => (
        <a
          key={own.page}
          className={styles.start}
          href={own.href}
          aria-current={page === own.page ? 'page' : undefined}
        >
          {own.title}
        </a>
      ))}
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
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
