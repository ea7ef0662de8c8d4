import type { TopicSummary } from '../../lab-api.ts';
import type { TopicNow } from '../lab-client/grade-run.ts';
import styles from './check-list.module.css';
import { CheckRow } from './check-row.tsx';

interface CheckListProps {
  topic: TopicSummary;
  graded: TopicNow;
  onFollow: () => void;
}

/** The checks of a topic, in the order of its catalogue, as they stand. */
export function CheckList({ topic, graded, onFollow }: CheckListProps) {
  return (
    <ul className={styles.list} aria-label="Checks">
      {graded.checks.map((check) => (
        <li key={check.id} className={styles.item}>
          <CheckRow check={check} number={topic.number} onFollow={onFollow} />
        </li>
      ))}
    </ul>
  );
}
