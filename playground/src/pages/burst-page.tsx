import type { Destination } from '../../../studies/burst/shared.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { BurstView } from '../burst/burst-view.tsx';
import { TopicLink } from '../flow/topic-link.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import styles from './tool-page.module.css';

interface BurstPageProps {
  /** Where calls go to at first. */
  to: Destination;
  topics: TopicSummary[];
}

export function BurstPage({ to, topics }: BurstPageProps) {
  usePageChange('burst', 'Bursts against the limit');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>Bursts against the limit</h1>
        <p>
          Sixty calls a minute: but which minute? Shape a schedule of calls, fire it as one fresh
          user at all three servers, and see which of them ran. The clock of the servers is moved
          forward between the bursts, so that two minutes pass in a second.
        </p>
        <p>
          <TopicLink slug="10-rate-limits" topics={topics} anchor="the-window" /> explains the kinds
          of windows, <TopicLink slug="18-many-instances" topics={topics} anchor="one-step" /> why
          three instances need one step to count.
        </p>
      </div>
      <BurstView initially={to} />
    </div>
  );
}
