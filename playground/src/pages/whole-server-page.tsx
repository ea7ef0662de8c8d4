import type { TopicSummary } from '../../lab-api.ts';
import { WholeServerCheck } from '../whole-server/whole-server-check.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import { topicHref } from '../place.ts';
import styles from './tool-page.module.css';

interface WholeServerPageProps {
  topics: TopicSummary[];
}

export function WholeServerPage({ topics }: WholeServerPageProps) {
  usePageChange('whole-server', 'The whole-server check');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>The whole-server check</h1>
        <p>
          The checklist of the course, filled in: every attack of every topic of a part is fired at
          one whole server, with ordinary use before and after each. In the topics, your control
          stood among reference neighbors. Here the neighbors are yours too, and so is{' '}
          <a href={topicHref('14-secure-server')}>their order</a>. Under the topics of the second
          part, what the first one teaches is the reference’s. It takes about a minute.
        </p>
      </div>
      <WholeServerCheck topics={topics} />
    </div>
  );
}
