import type { TopicSummary } from '../../lab-api.ts';
import { AttackSearch } from '../attack-list/attack-search.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import styles from './tool-page.module.css';

interface AttacksPageProps {
  topics: TopicSummary[];
}

export function AttacksPage({ topics }: AttacksPageProps) {
  usePageChange('attacks', 'All attacks');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>All attacks</h1>
        <p>
          Each is a real request, or a few, to three servers. Open one, change it if you like, and
          fire it.
        </p>
      </div>
      <AttackSearch topics={topics} />
    </div>
  );
}
