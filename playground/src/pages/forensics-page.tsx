import type { TopicSummary } from '../../lab-api.ts';
import { TopicLink } from '../flow/topic-link.tsx';
import { ForensicsView } from '../forensics/forensics-view.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import styles from './tool-page.module.css';

interface ForensicsPageProps {
  topics: TopicSummary[];
}

export function ForensicsPage({ topics }: ForensicsPageProps) {
  usePageChange('forensics', 'After the incident');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>After the incident</h1>
        <p>
          Three minutes at a server: seven users, and a stranger with forged tokens. Somebody tries
          what they have no scope for, somebody calls too often, somebody sends hostile text, and
          somebody sends a secret by mistake. Who it is differs each time. Afterwards there is the
          log, and five questions.
        </p>
        <p>
          Every server here refuses what the reference refuses; they differ in their logs only.{' '}
          <TopicLink slug="12-audit-log" topics={topics} /> is about writing one that answers.
        </p>
      </div>
      <ForensicsView />
    </div>
  );
}
