import { useMemo } from 'react';
import { targetTitles } from '../console/targets.ts';
import type { Outcome } from '../lab-client/shot.ts';
import { compareReports, summarizeDifferences } from './compare-reports.ts';
import { DifferenceDetails } from './difference-details.tsx';
import styles from './differences.module.css';

interface PairDifferencesProps {
  /** Of both targets. */
  names: string;
  left: Outcome | undefined;
  right: Outcome | undefined;
  running: boolean;
}

/** What differs between two targets in a line, and unfolded in full. */
export function PairDifferences({ names, left, right, running }: PairDifferencesProps) {
  const found = useMemo(
    () =>
      left && right && left.type !== 'broken' && right.type !== 'broken'
        ? compareReports(left.report, right.report)
        : undefined,
    [left, right],
  );
  const summary = found && summarizeDifferences(found);
  if (!left || !right || !found || summary === undefined) {
    return (
      <p className={styles.pair}>
        <strong>{names}:</strong> {found ? 'none' : running ? '…' : 'one of them has no report'}
      </p>
    );
  }
  return (
    <details className={styles.pair}>
      <summary>
        <strong>{names}:</strong> {summary}
      </summary>
      <DifferenceDetails
        left={targetTitles[left.target]}
        right={targetTitles[right.target]}
        found={found}
      />
    </details>
  );
}
