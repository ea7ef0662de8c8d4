import { lazy, Suspense } from 'react';
import { Heading } from '../text/heading.tsx';
import type { ConsoleItem } from './console-item.ts';
import { describeShot } from './make-shot.ts';
import styles from './run-results.module.css';
import { targetNames } from './targets.ts';
import type { BegunRun } from './use-firing-bench.ts';

const TargetResult = lazy(async () => ({
  default: (await import('./target-result.tsx')).TargetResult,
}));
const AnswersTable = lazy(async () => ({
  default: (await import('../differences/answers-table.tsx')).AnswersTable,
}));
const TargetDifferences = lazy(async () => ({
  default: (await import('../differences/target-differences.tsx')).TargetDifferences,
}));

interface RunResultsProps {
  run: BegunRun;
  item: ConsoleItem;
}

/** What came back, target by target. */
export function RunResults({ run, item }: RunResultsProps) {
  const fired = targetNames.filter((name) => run.shot.request.targets.includes(name));
  return (
    <section className={styles.results} aria-label={`Results of ${item.title}`}>
      <Heading depth={2} className={styles.title}>
        Answers <span className={styles.variant}>{describeShot(run.shot)}</span>
      </Heading>
      {fired.length > 1 && (
        <Suspense fallback={null}>
          <AnswersTable outcomes={run.outcomes} />
          <TargetDifferences outcomes={run.outcomes} running={run.state === 'running'} />
        </Suspense>
      )}
      <div className={fired.length > 1 ? styles.columns : styles.single}>
        <Suspense fallback={null}>
          {fired.map((name) => (
            <TargetResult
              key={name}
              target={name}
              outcome={run.outcomes[name]}
              earlier={run.earlier[name]}
              tally={run.tallies[name]}
              shots={run.shot.request.repeat?.times ?? 1}
              running={run.state === 'running'}
            />
          ))}
        </Suspense>
      </div>
    </section>
  );
}
