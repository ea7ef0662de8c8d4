import type { TopicSummary } from '../../lab-api.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { GradeAll } from '../progress/grade-all.tsx';
import { KeepOrForget } from '../progress/keep-or-forget.tsx';
import { progressColumns } from '../progress/progress-columns.tsx';
import { ProgressTotals } from '../progress/progress-totals.tsx';
import styles from './tool-page.module.css';
import { TopicTable } from './topic-table.tsx';

interface ProgressPageProps {
  topics: TopicSummary[];
}

export function ProgressPage({ topics }: ProgressPageProps) {
  usePageChange('progress', 'What you have done');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>What you have done</h1>
        <p>The page and the commands in the terminal keep one record, on this machine.</p>
      </div>
      <ProgressTotals topics={topics} />
      <GradeAll topics={topics} />
      <TopicTable topics={topics} columns={progressColumns} />
      <KeepOrForget />
    </div>
  );
}
