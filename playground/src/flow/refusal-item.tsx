import type { Refusal } from '../../../studies/flow/shared.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import styles from './refusal-report.module.css';
import { TopicLink } from './topic-link.tsx';

interface RefusalItemProps {
  refusal: Refusal;
  topics: TopicSummary[];
}

export function RefusalItem({ refusal: { control, topic, reason }, topics }: RefusalItemProps) {
  return (
    <li className={styles.refusal}>
      <p>
        <span className={styles.control}>
          <Icon name="blocked" />{' '}
          <code>
            <HostileText text={control} cut={120} />
          </code>
        </span>{' '}
        {topic === undefined ? (
          'of the server itself'
        ) : (
          <>
            of <TopicLink slug={topic} topics={topics} />
          </>
        )}
      </p>
      <p>
        <HostileText text={reason} fold={300} />
      </p>
    </li>
  );
}
