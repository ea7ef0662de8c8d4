import type { TopicSummary } from '../../lab-api.ts';
import type { CheckNow, TopicNow } from '../lab-client/grade-run.ts';
import styles from './check-list.module.css';
import { CheckRow } from './check-row.tsx';

interface CheckListProps {
  topic: TopicSummary;
  graded: TopicNow;
  onFollow: () => void;
}

/**
 * The checks of a topic as they stand. While they run they are in the order of the catalogue; once
 * all are through, those that failed come first, the first of them unfolded, and the others are
 * folded.
 */
export function CheckList({ topic, graded, onFollow }: CheckListProps) {
  const { checks, isThrough } = graded;
  const rowsOf = (some: CheckNow[], unfold: boolean) =>
    some.map((check, i) => (
      <li key={check.id} className={styles.item}>
        <CheckRow
          check={check}
          number={topic.number}
          unfolded={unfold && i === 0}
          onFollow={onFollow}
        />
      </li>
    ));
  if (!isThrough) {
    return (
      <ul className={styles.list} aria-label="Checks">
        {rowsOf(checks, false)}
      </ul>
    );
  }
  const passed = checks.filter(({ state }) => state === 'passed');
  const open = checks.filter(({ state }) => state !== 'passed');
  return (
    <>
      {open.length > 0 && (
        <ul className={styles.list} aria-label="Checks">
          {rowsOf(open, true)}
        </ul>
      )}
      {passed.length > 0 && (
        <details>
          <summary className={styles.fold}>{describePassed(passed)}</summary>
          <ul className={styles.list} aria-label="Checks that passed">
            {rowsOf(passed, false)}
          </ul>
        </details>
      )}
    </>
  );
}

function describePassed(passed: CheckNow[]): string {
  const uses = passed.filter(({ kind }) => kind === 'use').length;
  const attacks = passed.length - uses;
  return `${passed.length} passed: ${attacks} of attacks, ${uses} of ordinary use`;
}
