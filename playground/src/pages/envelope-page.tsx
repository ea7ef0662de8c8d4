import type { TopicSummary } from '../../lab-api.ts';
import { EnvelopeView } from '../envelope/envelope-view.tsx';
import { TopicLink } from '../flow/topic-link.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import styles from './tool-page.module.css';

interface EnvelopePageProps {
  topics: TopicSummary[];
}

export function EnvelopePage({ topics }: EnvelopePageProps) {
  usePageChange('envelope', 'Envelopes, taken apart');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>Envelopes, taken apart</h1>
        <p>
          A credential at rest is sealed twice: the text under a data key, and the data key under a
          key that is kept elsewhere. Here are two such records. Do to them what somebody could who
          can write to the store but has no key, and see which vault notices.
        </p>
        <p>
          <TopicLink slug="07-credentials" topics={topics} /> is about writing one that does.
        </p>
      </div>
      <EnvelopeView />
    </div>
  );
}
