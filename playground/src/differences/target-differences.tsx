import type { Outcomes } from '../lab-client/shot.ts';
import { Heading } from '../text/heading.tsx';
import styles from './differences.module.css';
import { PairDifferences } from './pair-differences.tsx';

interface TargetDifferencesProps {
  outcomes: Outcomes;
  running: boolean;
}

/** What the targets answered and did differently, two at a time. */
export function TargetDifferences({ outcomes, running }: TargetDifferencesProps) {
  const { baseline, yours, reference } = outcomes;
  return (
    <section className={styles.differences} aria-label="Differences between targets">
      <Heading depth={2} className={styles.title}>
        Differences
      </Heading>
      <PairDifferences names="Baseline and Yours" left={baseline} right={yours} running={running} />
      <PairDifferences
        names="Yours and Reference"
        left={yours}
        right={reference}
        running={running}
      />
    </section>
  );
}
