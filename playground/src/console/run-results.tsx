import { useEffect, useRef } from 'react';
import type { Run } from '../lab/use-lab-firing.ts';
import { Heading } from '../text/heading.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import type { ConsoleItem } from './console-item.ts';
import { judge } from './judgement.ts';
import styles from './run-results.module.css';
import { TargetResult } from './target-result.tsx';
import { byTarget, targetNames } from './targets.ts';
import { VerdictStrip } from './verdict-strip.tsx';

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
            Results <span className={styles.variant}>{describeShot(run)}</span>
          </Heading>
        )}
        <StatusRegion className={styles.status}>
          {run && (
            <VerdictStrip
              targets={fired}
              judgements={byTarget(run.outcomes, judge)}
              waitingFor={run.state === 'running' ? 'running' : undefined}
              failure={run.state === 'failed' ? run.message : undefined}
            />
          )}
        </StatusRegion>
      </div>
      {run && (
        <div className={fired.length > 1 ? styles.columns : styles.single}>
          {fired.map((name) => (
            <TargetResult
              key={name}
              target={name}
              outcome={run.outcomes[name]}
              earlier={run.earlier[name]}
              running={run.state === 'running'}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function describeShot({ shot }: Exclude<Run, { state: 'idle' }>): string {
  if (shot.kind === 'use') return '';
  return shot.request.payload === undefined ? shot.request.variant : 'your own payload';
}
