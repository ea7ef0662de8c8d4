import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Run } from '../lab-client/use-lab-firing.ts';
import { Heading } from '../text/heading.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import type { ConsoleItem } from './console-item.ts';
import { judge } from './judgement.ts';
import { describeShot } from './make-shot.ts';
import styles from './run-results.module.css';
import { byTarget, targetNames } from './targets.ts';
import { VerdictStrip } from './verdict-strip.tsx';

const TargetResult = lazy(async () => ({
  default: (await import('./target-result.tsx')).TargetResult,
}));
const TargetDifferences = lazy(async () => ({
  default: (await import('../differences/target-differences.tsx')).TargetDifferences,
}));

interface RunResultsProps {
  /** The run of this item; absent before the first. */
  run: Exclude<Run, { state: 'idle' }> | undefined;
  item: ConsoleItem;
}

/** What came back, target by target. The status region announces each verdict as it arrives. */
export function RunResults({ run, item }: RunResultsProps) {
  const fired = run ? targetNames.filter((name) => run.shot.request.targets.includes(name)) : [];
  const top = useRef<HTMLDivElement>(null);
  // Not when a save fired the shot again: the reader may be looking at something else.
  const justFired = run?.state === 'running' && Object.keys(run.earlier).length === 0;

  useEffect(() => {
    if (justFired) top.current?.scrollIntoView({ block: 'nearest' });
  }, [justFired]);

  return (
    <section className={styles.results} aria-label={`Results of ${item.title}`}>
      <div ref={top} className={styles.top}>
        {run && (
          <Heading depth={1} className={styles.title}>
            Results <span className={styles.variant}>{describeShot(run.shot)}</span>
          </Heading>
        )}
        <StatusRegion className={styles.status}>
          {run && (
            <VerdictStrip
              targets={fired}
              judgements={byTarget(run.outcomes, (outcome) =>
                judge(outcome, run.tallies[outcome.target]),
              )}
              waitingFor={run.state === 'running' ? 'running' : undefined}
              failure={run.state === 'failed' ? run.message : undefined}
            />
          )}
        </StatusRegion>
      </div>
      {run && fired.length > 1 && (
        <Suspense fallback={null}>
          <TargetDifferences outcomes={run.outcomes} running={run.state === 'running'} />
        </Suspense>
      )}
      {run && (
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
      )}
    </section>
  );
}
